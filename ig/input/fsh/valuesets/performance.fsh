ValueSet: PerformanceWindowValues
Id: performance-window
Title: "Windows of performance"
* ^experimental = false
* include codes from system PerformanceWindowCodes

ValueSet: FigureValues
Id: figure
Title: "Figures of a model"
* ^experimental = false
* include codes from system FigureCodes

ValueSet: PredictionStandingValues
Id: prediction-standing
Title: "How predictions stand"
* ^experimental = false
* include codes from system PredictionStandingCodes
