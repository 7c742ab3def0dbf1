// Room: encounter. One visit.

Profile: TenderpointEncounter
Parent: Encounter
Id: encounter
Title: "Massage Visit"
Description: "One visit: when, whose, where, and under which referral."
* obeys tp-encounter-1 and tp-encounter-2
* status MS
* class from VisitClass (extensible)
* class MS
* type MS
* type from VisitKind (preferred)
* subject 1..1 MS
* subject only Reference(Patient)
* episodeOfCare MS
* basedOn MS
* basedOn only Reference(TenderpointReferral)
  * ^short = "The referral; absent when the patient came without one"
* participant MS
  * individual MS
* period 1..1 MS
  * start 1..1 MS
  * end MS
* serviceProvider 1..1 MS

Invariant: tp-encounter-1
Description: "A finished visit says when it ended."
Severity: #error
Expression: "status = 'finished' implies period.end.exists()"

Invariant: tp-encounter-2
Description: "A visit to which the patient did not come is cancelled, not finished."
Severity: #error
Expression: "type.coding.where(system = 'https://tenderpoint.org/fhir/CodeSystem/massage' and code = 'no-show').exists() implies status = 'cancelled'"

ValueSet: VisitClass
Id: visit-class
Title: "Visit Class"
Description: "Where a visit takes place: at the practice, at home, or by video or telephone."
* ^experimental = false
* $v3-ActCode#AMB
* $v3-ActCode#HH
* $v3-ActCode#VR

ValueSet: VisitKind
Id: visit-kind
Title: "Visit Kind"
Description: "What a visit is for."
* ^experimental = false
* include codes from system $massage where concept descendent-of #visit-kind

// Examples

RuleSet: EncounterExample
* insert Invented
* class = $v3-ActCode#AMB
* subject = Reference(ana)
* basedOn = Reference(tp-referral-1-pass)
* participant.individual = Reference(massage-therapist)
* serviceProvider = Reference(massage-practice)

Instance: tp-encounter-1-pass
InstanceOf: TenderpointEncounter
Usage: #example
Title: "Finished visit"
Description: "A treatment visit of sixty minutes; the other examples of this visit refer to it."
* insert EncounterExample
* status = #finished
* type = $massage#treatment
* period.start = "2026-01-20T10:00:00Z"
* period.end = "2026-01-20T11:00:00Z"

Instance: tp-encounter-2-pass
InstanceOf: TenderpointEncounter
Usage: #example
Title: "Missed visit"
Description: "The patient did not come."
* insert EncounterExample
* status = #cancelled
* type = $massage#no-show
* period.start = "2026-01-27T10:00:00Z"
