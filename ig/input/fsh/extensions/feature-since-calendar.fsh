Extension: FeatureSinceCalendar
Id: feature-since-calendar
Title: "Since calendar"
Description: "The window begins with the calendar day (d), week (wk, Monday), month (mo) or year (a) of the index time, in the site's zone."
Context: Library
* value[x] only code
* value[x] 1..1
* valueCode from FeatureCalendarValues (required)
