// Room: treatmentsummary. The summary of a whole episode, for discharge and for insurers.

Profile: TenderpointTreatmentSummary
Parent: Composition
Id: treatment-summary
Title: "Treatment Summary"
Description: "The whole course of massage from referral to discharge: why, what, how much, with which result."
* obeys tp-treatmentsummary-1 and tp-treatmentsummary-2
* identifier MS
* status MS
* type = $loinc#34133-9
* subject 1..1 MS
* subject only Reference(Patient)
* date MS
* author MS
* title MS
* attester MS
* relatesTo MS
* event 1..1 MS
  * period 1..1 MS
    * start 1..1 MS
    * end MS
  * ^short = "The episode that the summary covers"
* section 1..* MS
  * ^slicing.discriminator.type = #pattern
  * ^slicing.discriminator.path = "code"
  * ^slicing.rules = #open
  * code 1..1
  * text 1..1 MS
* section contains reason 1..1 MS and interventions 1..1 MS and painTrend 1..1 MS and goals 0..1 MS and recommendations 0..1 MS
* section[reason]
  * ^short = "Reason for referral"
  * code = $loinc#42349-1
  * entry only Reference(ServiceRequest or Condition)
  * entry MS
* section[interventions]
  * ^short = "Techniques, regions and minutes"
  * code = $loinc#62387-6
  * entry only Reference(Procedure or Encounter)
  * entry MS
* section[painTrend]
  * ^short = "Pain and function from baseline to discharge"
  * code = $massage#pain-trend
  * entry only Reference(Observation)
  * entry MS
* section[goals]
  * ^short = "Goals and whether they were met"
  * code = $loinc#61146-7
  * entry only Reference(Goal)
  * entry MS
* section[recommendations]
  * ^short = "What the therapist recommends"
  * code = $massage#recommendations

Invariant: tp-treatmentsummary-1
Description: "A final treatment summary was read and signed by a professional."
Severity: #error
Expression: "status = 'final' implies attester.where((mode = 'professional' or mode = 'legal') and time.exists() and party.exists()).exists()"

Invariant: tp-treatmentsummary-2
Description: "A final treatment summary covers an episode that has ended."
Severity: #error
Expression: "status = 'final' implies event.period.end.exists()"

// Examples

RuleSet: TreatmentSummaryExample
* insert Invented
* type = $loinc#34133-9 "Summary of episode note"
* subject = Reference(ana)
* date = "2026-03-16T16:00:00Z"
* author = Reference(massage-therapist)
* title = "Summary of massage treatment"
* event.period.start = "2026-01-20"
* section[reason].title = "Reason for referral"
* section[reason].code = $loinc#42349-1
* section[reason] insert SectionText([[Fibromyalgia with neck and shoulder pain.]])
* section[reason].entry[0] = Reference(tp-referral-1-pass)
* section[reason].entry[1] = Reference(ana-fibromyalgia)
* section[interventions].title = "Treatment"
* section[interventions].code = $loinc#62387-6 "Interventions Narrative"
* section[interventions] insert SectionText([[Trigger point pressure release and myofascial release of neck and shoulder.]])
* section[interventions].entry[0] = Reference(tp-technique-1-pass)
* section[interventions].entry[1] = Reference(tp-technique-2-pass)
* section[painTrend].title = "Pain and function"
* section[painTrend].code = $massage#pain-trend
* section[painTrend] insert SectionText([[PEG total at the start: 6.7.]])
* section[painTrend].entry = Reference(tp-peg-2-pass)

Instance: tp-treatmentsummary-1-pass
InstanceOf: TenderpointTreatmentSummary
Usage: #example
Title: "Signed treatment summary"
Description: "Final, signed by the therapist on the day of discharge."
* insert TreatmentSummaryExample
* status = #final
* event.period.end = "2026-03-16"
* attester.mode = #professional
* attester.time = "2026-03-16T16:30:00Z"
* attester.party = Reference(massage-therapist)
* section[goals].title = "Goals"
* section[goals].code = $loinc#61146-7 "Goals Narrative"
* section[goals] insert SectionText([[The pain goal was reached.]])
* section[goals].entry = Reference(tp-goal-1-pass)

Instance: tp-treatmentsummary-2-pass
InstanceOf: TenderpointTreatmentSummary
Usage: #example
Title: "Summary of a running episode"
Description: "Preliminary, because the episode has not ended."
* insert TreatmentSummaryExample
* status = #preliminary
