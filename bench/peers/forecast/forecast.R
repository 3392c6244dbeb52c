# ets, thetaf or stlf of R's forecast package, by the contract of bench/series.ts: Rscript forecast.R ets|theta|stlf
suppressPackageStartupMessages(library(forecast))
method <- commandArgs(trailingOnly = TRUE)[1]
input <- jsonlite::fromJSON(file("stdin"), simplifyDataFrame = FALSE)

answer <- function(case) {
  values <- as.numeric(unlist(case$values))
  left <- case$monthDays - case$cut
  days <- max(left, 7)
  series <- ts(values, frequency = 7)
  if (method == "ets") {
    fit <- ets(series)
    daily <- as.numeric(forecast(fit, h = days)$mean)
    set.seed(1)
    totals <- replicate(200, sum(as.numeric(simulate(fit, nsim = days))[seq_len(left)]))
    range <- as.list(quantile(totals, c(0.1, 0.9), names = FALSE) + sum(tail(values, case$cut)))
  } else {
    path <- if (method == "theta") thetaf(series, h = days) else stlf(series, h = days, method = "ets")
    daily <- as.numeric(path$mean)
    range <- NULL
  }
  total <- list(point = sum(tail(values, case$cut)) + sum(daily[seq_len(left)]))
  if (!is.null(range)) total <- c(total, list(lo80 = range[[1]], hi80 = range[[2]]))
  list(id = case$id, monthTotal = total, daily = daily)
}

results <- lapply(input$cases, answer)
cat(jsonlite::toJSON(list(schema = "bench-forecast-out/1", method = paste("R", method), results = results), auto_unbox = TRUE, digits = NA))
