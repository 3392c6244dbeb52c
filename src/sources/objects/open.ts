import type { World } from "../../core/world.ts";
import type { OpenObjects } from "./index.ts";
import type { ObjectSettings } from "./settings.ts";

/** The stores of a source, whose code is loaded when the first address is met; downloads go into `folder`. */
export function objectsOf(settings: ObjectSettings, world: World, folder: string): OpenObjects {
  let opened: ReturnType<OpenObjects> | undefined;
  return () => (opened ??= import("./index.ts").then(({ openObjects }) => openObjects(settings, world, folder)));
}
