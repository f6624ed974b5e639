-- Predictions are looked up anew: wards and devices are told since this version.
update monitored_prediction set described = false;
