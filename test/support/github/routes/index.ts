import type { Route } from "../call.ts";
import { checkRoutes } from "./checks.ts";
import { commentRoutes } from "./comments.ts";
import { commitRoutes } from "./commits.ts";
import { contentRoutes } from "./contents.ts";
import { issueRoutes } from "./issues.ts";
import { labelRoutes } from "./labels.ts";
import { objectRoutes } from "./objects.ts";
import { pullRoutes } from "./pulls.ts";
import { refRoutes } from "./refs.ts";
import { releaseRoutes } from "./releases.ts";
import { globalRoutes, repoRoutes } from "./repo.ts";
import { reviewRoutes } from "./reviews.ts";

/** All routes of the REST API; the first that fits is taken, so literal segments stand before parameters. */
export const routes: readonly Route[] = [
  ...globalRoutes,
  ...repoRoutes,
  ...refRoutes,
  ...objectRoutes,
  ...contentRoutes,
  ...checkRoutes,
  ...commitRoutes,
  ...pullRoutes,
  ...reviewRoutes,
  ...releaseRoutes,
  ...commentRoutes,
  ...issueRoutes,
  ...labelRoutes,
];
