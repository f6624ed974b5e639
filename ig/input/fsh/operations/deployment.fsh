RuleSet: DeploymentOperation(id)
* url = "https://auscult.org/fhir/OperationDefinition/{id}"
* version = "0.1.0"
* status = #active
* experimental = false
* kind = #operation
* resource = #PlanDefinition
* system = false
* type = false
* instance = true
* affectsState = true

Instance: deployment-go-live
InstanceOf: OperationDefinition
Usage: #definition
Title: "Let a deployment go live"
* insert DeploymentOperation(deployment-go-live)
* name = "DeploymentGoLive"
* title = "Let a deployment go live"
* description = "From the next call on, on every node, discovery offers the deployment and its cards are shown. A draft becomes active by this, and does not change any more. Another version of the same deployment that was live is suspended in the same transaction. What monitoring said when it suspended it is taken out of it. Other deployments may answer the same service on the same hook; a call then gets the cards of all. Refused if one of its models is not active."
* code = #go-live
* insert Out(return, 1, 1, PlanDefinition, [["The deployment as it stands now."]])

Instance: deployment-suspend
InstanceOf: OperationDefinition
Usage: #definition
Title: "Suspend a deployment"
* insert DeploymentOperation(deployment-suspend)
* name = "DeploymentSuspend"
* title = "Suspend a deployment"
* description = "From the next call on, on every node, the deployment is neither offered nor answered. Suspending what is not live changes nothing."
* code = #suspend
* insert Out(return, 1, 1, PlanDefinition, [["The deployment as it stands now."]])

RuleSet: Firing
* insert Part(openings, 1, 1, integer, [["How many openings were played."]])
* insert Part(withCard, 1, 1, integer, [["How many of them had a card."]])
* insert Part(perHundred, 1, 1, decimal, [["Openings with a card in a hundred."]])
* insert Part(cardsPerWeek, 1, 1, decimal, [["Cards a week; where not all were looked at, each stands for as many."]])
* insert PartGroup(shown, [["One for each urgency: how many cards were shown."]])
* insert PartOfPart(code, code, [["info, warning or critical."]])
* insert PartOfPart(cards, integer, [["How many."]])
* insert PartGroup(withheld, [["One for each reason: how many cards were withheld."]])
* insert PartOfPart(code, code, [["Of the code system withheld-reason."]])
* insert PartOfPart(cards, integer, [["How many."]])

Instance: deployment-forecast
InstanceOf: OperationDefinition
Usage: #definition
Title: "Forecast how often a deployment speaks"
* insert DeploymentOperation(deployment-forecast)
* affectsState = false
* name = "DeploymentForecast"
* title = "Forecast how often a deployment speaks"
* description = "Plays a time of the past, with what was known then: each encounter's begin stands for a chart that its first practitioner opened, and for a deployment on order hooks each medication order for itself. Says how often there would have been a card, by user, and what would have been withheld. It shows and stores nothing; nobody overrides, and nobody's role is known."
* code = #forecast
* insert In(start, 0, [["First instant of the time, or a date, which counts from its start; four weeks before the end if not given."]])
* insert In(end, 0, [["End of the time, or its last date; now if not given."]])
* insert In(openings, 0, [["How many openings are played at the most, 1 to 10000; 1000 if not given. Of more, so many are evenly chosen."]])
* insert Out(hook, 1, 1, code, [["The hook on which the deployment was played: its first."]])
* insert Out(start, 1, 1, instant, [["The first instant."]])
* insert Out(end, 1, 1, instant, [["The end."]])
* insert Out(found, 1, 1, integer, [["How many encounters or orders touch that time; encounters that began before it are not played."]])
* insert OutGroup(all, [["All users together."]])
* insert Firing
* insert OutGroup(user, [["One for each user; 'unknown' stands for all that are not known."]])
* insert Part(reference, 1, 1, string, [["The user."]])
* insert Firing
