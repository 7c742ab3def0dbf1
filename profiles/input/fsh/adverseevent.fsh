// Room: adverseevent. What the patient noticed after a visit and did not want.

Profile: TenderpointAdverseEvent
Parent: AdverseEvent
Id: adverse-event
Title: "Adverse Event"
Description: "An unwanted event in or after a visit, recorded also where it is small: how safe the work is shows only if small things are told."
* obeys tp-adverseevent-1 and tp-adverseevent-2
* actuality MS
* event MS
* subject MS
* subject only Reference(Patient)
* encounter MS
* date 1..1 MS
* seriousness MS
* severity MS
* outcome MS
* recorder MS
* suspectEntity MS

Invariant: tp-adverseevent-1
Description: "An event says what happened, by code or in words."
Severity: #error
Expression: "event.coding.exists() or event.text.exists()"

Invariant: tp-adverseevent-2
Description: "A serious event says how it ended or that it goes on."
Severity: #error
Expression: "seriousness.coding.where(code = 'Serious').exists() implies outcome.exists()"

// Examples

RuleSet: AdverseEventExample
* insert Invented
* actuality = #actual
* subject = Reference(ana)
* encounter = Reference(tp-encounter-1-pass)
* date = "2026-01-21T08:00:00Z"
* recorder = Reference(massage-therapist)

Instance: tp-adverseevent-1-pass
InstanceOf: TenderpointAdverseEvent
Usage: #example
Title: "Soreness"
Description: "Gone after a day."
* insert AdverseEventExample
* event = $massage#post-session-soreness
* seriousness = http://terminology.hl7.org/CodeSystem/adverse-event-seriousness#Non-serious

Instance: tp-adverseevent-2-pass
InstanceOf: TenderpointAdverseEvent
Usage: #example
Title: "Fall"
Description: "A fall from the table, without a fracture."
* insert AdverseEventExample
* event.text = "Fall when getting up from the table; examined, no fracture"
* seriousness = http://terminology.hl7.org/CodeSystem/adverse-event-seriousness#Serious
* outcome = http://terminology.hl7.org/CodeSystem/adverse-event-outcome#resolved
