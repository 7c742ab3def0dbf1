// Room: referral. A clinician's order for massage, and the Task that carries its progress.

Profile: TenderpointReferral
Parent: ServiceRequest
Id: referral
Title: "Massage Referral"
Description: "An order for medical massage that names who asks, for whom, why, and under which number the sender knows it."
* obeys tp-referral-1 and tp-referral-2
* identifier 1..* MS
  * ^slicing.discriminator.type = #pattern
  * ^slicing.discriminator.path = "type"
  * ^slicing.rules = #open
  * ^short = "The numbers of this referral at the sender and at the practice"
* identifier contains placer 1..1 MS and filler 0..1 MS
* identifier[placer] obeys tp-referral-3
  * ^short = "The sender's number; a second delivery with the same number is the same referral"
  * type 1..1
  * type = $v2-0203#PLAC
  * value 1..1 MS
  * assigner MS
* identifier[filler]
  * ^short = "The practice's number, given on receipt"
  * type 1..1
  * type = $v2-0203#FILL
  * value 1..1 MS
* status MS
* intent MS
* category MS
* priority MS
* code 1..1 MS
* code from MassageReferralCodes (extensible)
* orderDetail MS
* orderDetail from ReportRequests (extensible)
  * ^short = "What the progress summary is to tell besides pain and function: mood, sleep, quality of life"
* subject only Reference(Patient)
* subject MS
* occurrence[x] MS
  * ^short = "When, how often and how many visits"
* authoredOn MS
* requester 1..1 MS
* performer MS
* reasonCode MS
* reasonReference MS
* insurance MS
* supportingInfo MS
* note MS

Invariant: tp-referral-1
Description: "A referral names the condition to be treated."
Severity: #error
Expression: "reasonCode.exists() or reasonReference.exists()"

Invariant: tp-referral-2
Description: "A referral is an order; a proposal or a plan is not enough to treat on."
Severity: #error
Expression: "intent = 'order' or intent = 'original-order' or intent = 'reflex-order' or intent = 'filler-order' or intent = 'instance-order'"

Invariant: tp-referral-3
Description: "The sender's number says who issued it, by system or by assigner, so that two senders cannot collide."
Severity: #error
Expression: "system.exists() or assigner.exists()"

ValueSet: ReportRequests
Id: report-request
Title: "Asked of a Summary"
Description: "What a referral may ask the progress summary to tell besides pain and function. Without it, these stay out."
* ^experimental = false
* include codes from system MassageCodes where concept descendent-of #report-request

ValueSet: MassageReferralCodes
Id: massage-referral-codes
Title: "Massage Referral Codes"
Description: "What a referral may ask for: referral to a massage therapist, or a patient referral whose reason says more."
* ^experimental = false
* insert SnomedNotice
* $sct#103700007
* $sct#3457005 "Patient referral"

RuleSet: SnomedNotice
* ^copyright = "This value set includes content from SNOMED CT, which is copyright of SNOMED International; its use needs an affiliate licence in territories that are not members."

RuleSet: LoincNotice
* ^copyright = "This material contains content from LOINC (http://loinc.org). LOINC is copyright Regenstrief Institute, Inc. and the LOINC Committee and is available at no cost under the licence at http://loinc.org/license."

Profile: TenderpointReferralTask
Parent: Task
Id: referral-task
Title: "Referral Task"
Description: "Where a referral stands, in the shape and with the business status codes of HL7 BSeR."
* obeys tp-referral-4 and tp-referral-5
* identifier MS
* status MS
* statusReason MS
  * text MS
* businessStatus MS
* businessStatus from ReferralBusinessStatus (extensible)
* intent = #order
* intent MS
* priority MS
* code 1..1 MS
* code = $task-code#fulfill
* focus 1..1 MS
* focus only Reference(TenderpointReferral)
* for 1..1 MS
* for only Reference(Patient)
* authoredOn 1..1 MS
* lastModified MS
* requester 1..1 MS
* owner MS
  * ^short = "The practice; without an owner the task may be claimed"
* input MS
* output MS
  * ^short = "The summaries that answer the referral"

Invariant: tp-referral-4
Description: "A task that was rejected, cancelled, put on hold or has failed says why in words."
Severity: #error
Expression: "(status = 'rejected' or status = 'cancelled' or status = 'on-hold' or status = 'failed') implies statusReason.text.exists()"

Invariant: tp-referral-5
Description: "Status and BSeR business status tell the same story."
Severity: #error
// One alternative per row of BSeR's transition table; Gravity's senders say requested where BSeR says received.
Expression: "businessStatus.coding.where(system = 'http://hl7.org/fhir/us/bser/CodeSystem/TaskBusinessStatusCS').code.all((%resource.status = 'requested' and $this = '2.0') or (%resource.status = 'received' and $this = '2.0') or (%resource.status = 'accepted' and $this = '3.0') or (%resource.status = 'rejected' and $this = '4.0') or (%resource.status = 'in-progress' and ($this.startsWith('5.1') or $this = '5.2')) or (%resource.status = 'cancelled' and $this = '6.0') or (%resource.status = 'completed' and $this = '7.0') or %resource.status = 'on-hold' or %resource.status = 'failed' or %resource.status = 'entered-in-error')"

ValueSet: ReferralBusinessStatus
Id: referral-business-status
Title: "Referral Business Status"
Description: "The business status codes of HL7 BSeR, listed so that the value set can be expanded without the BSeR package."
* ^experimental = false
* $bser-business-status#2.0
* $bser-business-status#3.0
* $bser-business-status#4.0
* $bser-business-status#5.1.1
* $bser-business-status#5.1.2
* $bser-business-status#5.1.3
* $bser-business-status#5.1.4
* $bser-business-status#5.2
* $bser-business-status#6.0
* $bser-business-status#7.0

// Examples

RuleSet: ReferralExample
* insert Invented
* identifier[placer].system = "https://example.org/clinic/referrals"
* identifier[placer].value = "R-2026-0117"
* identifier[placer].assigner = Reference(family-clinic)
* status = #active
* intent = #order
* code = $sct#103700007
* subject = Reference(ana)
* occurrenceTiming.repeat.count = 8
* occurrenceTiming.repeat.boundsPeriod.start = "2026-01-19"
* occurrenceTiming.repeat.boundsPeriod.end = "2026-03-16"
* authoredOn = "2026-01-12"
* requester = Reference(family-physician)
* performer = Reference(massage-practice)

Instance: tp-referral-1-pass
InstanceOf: TenderpointReferral
Usage: #example
Title: "Referral with a reason"
Description: "Eight visits in eight weeks for fibromyalgia; the reason is the physician's diagnosis."
* insert ReferralExample
* reasonReference = Reference(ana-fibromyalgia)

Instance: tp-referral-2-pass
InstanceOf: TenderpointReferral
Usage: #example
Title: "Referral that is an order"
Description: "A hub's copy of an order, with the reason as a code."
* insert ReferralExample
* identifier[placer].value = "R-2026-0118"
* intent = #filler-order
* orderDetail = MassageCodes#report-mood
* reasonCode = $icd10cm#M79.7 "Fibromyalgia"
* reasonCode.text = "Fibromyalgia with neck and shoulder pain"

Instance: tp-referral-3-pass
InstanceOf: TenderpointReferral
Usage: #example
Title: "Referral whose number has an issuer"
Description: "The sender's and the practice's numbers side by side."
* insert ReferralExample
* identifier[placer].value = "R-2026-0119"
* identifier[filler].system = "https://example.org/practices/P-1/referrals"
* identifier[filler].value = "44"
* reasonReference = Reference(ana-fibromyalgia)

RuleSet: ReferralTaskExample
* insert Invented
* intent = #order
* code = $task-code#fulfill
* focus = Reference(tp-referral-1-pass)
* for = Reference(ana)
* authoredOn = "2026-01-12T09:30:00Z"
* requester = Reference(family-physician)
* owner = Reference(massage-practice)

Instance: tp-referral-4-pass
InstanceOf: TenderpointReferralTask
Usage: #example
Title: "Declined referral task"
Description: "The practice declines and says why."
* insert ReferralTaskExample
* status = #rejected
* statusReason.text = "No free visits within the time the order allows."
* businessStatus = $bser-business-status#4.0

Instance: tp-referral-5-pass
InstanceOf: TenderpointReferralTask
Usage: #example
Title: "Referral task between two visits"
Description: "One visit is done, the next is not yet booked."
* insert ReferralTaskExample
* status = #in-progress
* businessStatus = $bser-business-status#5.1.4
