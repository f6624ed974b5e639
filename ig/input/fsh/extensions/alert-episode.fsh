Extension: AlertEpisode
Id: alert-episode
Title: "Episode"
Description: "How often the issue was opened: it is closed when all is in order, and opened again by the next finding."
Context: DetectedIssue
* value[x] only positiveInt
* value[x] 1..1
