// Room: progress. What the referring clinician reads between referral and discharge.

Profile: TenderpointProgressSummary
Parent: Composition
Id: progress-summary
Title: "Progress Summary"
Description: "A report to the referring clinician in the shape of a BSeR referral feedback: what was done and what changed in a stated period."
* obeys tp-progress-1 and tp-progress-2
* identifier MS
* status MS
* type = $loinc#11488-4
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
  * ^short = "The period that the summary covers"
* section 1..* MS
  * ^slicing.discriminator.type = #pattern
  * ^slicing.discriminator.path = "code"
  * ^slicing.rules = #open
  * code 1..1
  * text 1..1 MS
* section contains referral 1..1 MS and painTrend 1..1 MS and sessions 1..1 MS and plan 0..1 MS and recommendations 0..1 MS
* section[referral]
  * ^short = "Answer to the referral"
  * code = $bser-section#RSRFS
  * focus 1..1 MS
  * focus only Reference(TenderpointReferral)
* section[painTrend]
  * ^short = "Pain and function over time"
  * code = $massage#pain-trend
  * entry only Reference(Observation)
  * entry MS
* section[sessions]
  * ^short = "Visits and techniques"
  * code = $loinc#62387-6
  * entry only Reference(Procedure or Encounter)
  * entry MS
* section[plan]
  * ^short = "Plan and goals"
  * code = $loinc#18776-5
  * entry only Reference(CarePlan or Goal)
  * entry MS
* section[recommendations]
  * ^short = "What the therapist recommends"
  * code = $massage#recommendations

Invariant: tp-progress-1
Description: "The section on pain cites the observations it is drawn from, or says why there are none."
Severity: #error
Expression: "section.where(code.coding.where(system = 'https://tenderpoint.org/fhir/CodeSystem/massage' and code = 'pain-trend').exists()).all(entry.exists() or emptyReason.exists())"

Invariant: tp-progress-2
Description: "A final summary was read and signed by a professional; a generated one stays preliminary until then."
Severity: #error
Expression: "status = 'final' implies attester.where((mode = 'professional' or mode = 'legal') and time.exists() and party.exists()).exists()"

CodeSystem: SummaryClassCodes
Id: summary-class
Title: "Summary Class Codes"
Description: "How a summary calls the change of one measure. The thresholds belong to the rules, not to the codes."
* ^experimental = false
* ^caseSensitive = true
* ^content = #complete
* ^valueSet = "https://tenderpoint.org/fhir/ValueSet/summary-class"
* ^property[0].code = #source
* ^property[0].description = "Where the word comes from, and what was found, or not, when a standard code was looked for."
* ^property[0].type = #string
* #substantial-improvement "Substantial improvement" "Better by at least the threshold for substantial change."
  * insert ClassSource
* #meaningful-improvement "Meaningful improvement" "Better by at least the threshold for meaningful change."
  * insert ClassSource
* #minimal-change "Minimal change" "Better by more than measurement error, but by less than the threshold for meaningful change."
  * insert ClassSource
* #no-meaningful-change "No meaningful change" "Within measurement error."
  * insert ClassSource
* #worsening "Worsening" "Worse by more than measurement error."
  * insert ClassSource
* #insufficient-data "Insufficient data" "Baseline or follow-up is missing."
  * insert ClassSource

RuleSet: ClassSource
* ^property[0].code = #source
* ^property[0].valueString = "IMMPACT (Dworkin 2008, J Pain 9:105): classes of change by thresholds; no code was found."

ValueSet: SummaryClasses
Id: summary-class
Title: "Summary Classes"
Description: "All summary classes."
* ^experimental = false
* include codes from system SummaryClassCodes

// Examples

RuleSet: SectionText(text)
* text.status = #generated
* text.div = "<div xmlns=\"http://www.w3.org/1999/xhtml\">{text}</div>"

RuleSet: ProgressExample
* insert Invented
* type = $loinc#11488-4
* subject = Reference(ana)
* date = "2026-02-24T16:00:00Z"
* author = Reference(massage-therapist)
* title = "Progress after six visits"
* event.period.start = "2026-01-20"
* event.period.end = "2026-02-24"
* section[referral].title = "Referral"
* section[referral].code = $bser-section#RSRFS
* section[referral].focus = Reference(tp-referral-1-pass)
* section[referral] insert SectionText([[Six of eight ordered visits were given.]])
* section[painTrend].title = "Pain and function"
* section[painTrend].code = $massage#pain-trend
* section[sessions].title = "Visits"
* section[sessions].code = $loinc#62387-6 "Interventions Narrative"
* section[sessions] insert SectionText([[Trigger point pressure release and myofascial release.]])
* section[sessions].entry[0] = Reference(tp-encounter-1-pass)
* section[sessions].entry[1] = Reference(tp-technique-1-pass)

Instance: tp-progress-1-pass
InstanceOf: TenderpointProgressSummary
Usage: #example
Title: "Summary waiting to be read"
Description: "Generated and not yet signed; the section on pain cites its observations."
* insert ProgressExample
* status = #preliminary
* section[painTrend] insert SectionText([[Pain before treatment was 6 of 10 at the first visit and 3 of 10 after it.]])
* section[painTrend].entry[0] = Reference(tp-pain-1-pass)
* section[painTrend].entry[1] = Reference(tp-pain-3-pass)
* section[plan].title = "Plan"
* section[plan].code = $loinc#18776-5 "Plan of care note"
* section[plan] insert SectionText([[Two more visits, then discharge.]])
* section[plan].entry = Reference(tp-careplan-1-pass)
* section[recommendations].title = "Recommendations"
* section[recommendations].code = $massage#recommendations
* section[recommendations] insert SectionText([[Home stretches daily.]])

Instance: tp-progress-2-pass
InstanceOf: TenderpointProgressSummary
Usage: #example
Title: "Signed summary"
Description: "Final, signed by the therapist; no pain score was taken and the section says so."
* insert ProgressExample
* status = #final
* attester.mode = #professional
* attester.time = "2026-02-24T17:00:00Z"
* attester.party = Reference(massage-therapist)
* section[painTrend] insert SectionText([[No pain score was taken in this period.]])
* section[painTrend].emptyReason = http://terminology.hl7.org/CodeSystem/list-empty-reason#notasked
