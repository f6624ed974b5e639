Extension: FeatureNth
Id: feature-nth
Title: "Which of the last"
Description: "For nth-latest: 2 is the one before the last."
Context: Library
* value[x] only positiveInt
* value[x] 1..1
