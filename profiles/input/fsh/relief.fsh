// Room: relief. How long and how much a visit relieved, as the patient tells it the day after.

Profile: TenderpointReliefDuration
Parent: Observation
Id: relief-duration
Title: "Duration of Relief"
Description: "Hours of relief after a visit."
* obeys tp-relief-1 and tp-relief-2
* insert Measured
* code = $massage#relief-duration
* insert QuantityIn(h)

Invariant: tp-relief-1
Description: "Relief lasts from 0 hours to a year."
Severity: #error
Expression: "value.ofType(Quantity).value.all($this >= 0 and $this <= 8760)"

Invariant: tp-relief-2
Description: "Relief follows a visit, and says which."
Severity: #warning
Expression: "encounter.exists() or partOf.exists()"

Profile: TenderpointReliefDegree
Parent: Observation
Id: relief-degree
Title: "Degree of Relief"
Description: "How much of the pain a visit took away, in per cent."
* obeys tp-relief-3
* insert Measured
* code = $massage#relief-degree
* insert QuantityIn(%)

Invariant: tp-relief-3
Description: "Relief lies between 0 and 100 per cent."
Severity: #error
Expression: "value.ofType(Quantity).value.all($this >= 0 and $this <= 100)"

// Examples

Instance: tp-relief-1-pass
InstanceOf: TenderpointReliefDuration
Usage: #example
Title: "Twenty hours of relief"
Description: "Told the day after."
* insert SurveyExample
* extension[sessionPhase].valueCode = #24h
* encounter = Reference(tp-encounter-1-pass)
* code = $massage#relief-duration
* valueQuantity = 20 'h' "h"

Instance: tp-relief-2-pass
InstanceOf: TenderpointReliefDuration
Usage: #example
Title: "Twenty hours of relief"
Description: "Told the day after."
* insert SurveyExample
* extension[sessionPhase].valueCode = #24h
* encounter = Reference(tp-encounter-1-pass)
* code = $massage#relief-duration
* valueQuantity = 20 'h' "h"

Instance: tp-relief-3-pass
InstanceOf: TenderpointReliefDegree
Usage: #example
Title: "Half of the pain"
Description: "Told the day after."
* insert SurveyExample
* code = $massage#relief-degree
* valueQuantity = 50 '%' "%"
