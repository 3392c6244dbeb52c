"""Theta or damped Holt-Winters of statsmodels, by the contract of bench/series.ts: python statsmodels_peer.py theta|ets"""

import json
import sys
import warnings

import numpy as np
from statsmodels.tsa.forecasting.theta import ThetaModel
from statsmodels.tsa.holtwinters import ExponentialSmoothing

warnings.filterwarnings("ignore")


def theta(values, days):
    return ThetaModel(values, period=7, deseasonalize=True, method="additive").fit().forecast(days)


def ets(values, days):
    model = ExponentialSmoothing(values, trend="add", damped_trend=True, seasonal="add", seasonal_periods=7, initialization_method="estimated")
    return model.fit().forecast(days)


def answer(case, method):
    values = np.asarray(case["values"], dtype=float)
    left = case["monthDays"] - case["cut"]
    daily = np.asarray(method(values, max(left, 7)), dtype=float)
    point = float(values[-case["cut"] :].sum() + daily[:left].sum())
    return {"id": case["id"], "monthTotal": {"point": point}, "daily": daily.tolist()}


method = {"theta": theta, "ets": ets}[sys.argv[1]]
results = [answer(case, method) for case in json.load(sys.stdin)["cases"]]
print(json.dumps({"schema": "bench-forecast-out/1", "method": "statsmodels " + sys.argv[1], "results": results}))
