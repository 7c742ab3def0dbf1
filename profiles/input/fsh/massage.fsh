// Words of the practice that no standard code was found for, and the value sets over them.
// Every code says in its property code-status how far a standard code exists; standard-code names the nearest one.

CodeSystem: MassageCodes
Id: massage
Title: "Massage Codes"
Description: "Techniques, findings, scores, outcomes, restrictions and other words of medical massage. A code stands here because no standard code was found for it, or because the standard code says less; the property code-status tells which."
* ^experimental = false
* ^caseSensitive = true
* ^content = #complete
* ^hierarchyMeaning = #is-a
* ^valueSet = "https://tenderpoint.org/fhir/ValueSet/massage"
* ^property[0].code = #code-status
* ^property[0].description = "L: no standard code was found. V: the standard code in standard-code was verified in a published source, and is nearest but not equal in use. group: a heading, not to be used as a value."
* ^property[0].type = #string
* ^property[1].code = #standard-code
* ^property[1].description = "The nearest standard code, as system|code."
* ^property[1].type = #string
* ^property[2].code = #notSelectable
* ^property[2].uri = "http://hl7.org/fhir/concept-properties#notSelectable"
* ^property[2].description = "A heading, not to be used as a value."
* ^property[2].type = #boolean
* ^property[3].code = #source
* ^property[3].description = "Where the word comes from, and what was found, or not, when a standard code was looked for."
* ^property[3].type = #string

* #technique "Technique" "What the therapist does."
  * insert Heading
  * #effleurage "Effleurage" "Gliding strokes."
    * insert LocalTechnique
  * #petrissage "Petrissage" "Kneading."
    * insert LocalTechnique
  * #friction "Friction" "Cross-fibre or circular friction."
    * insert LocalTechnique
  * #tapotement "Tapotement" "Rhythmic percussion."
    * insert LocalTechnique
  * #vibration "Vibration" "Manual vibration."
    * insert LocalTechnique
  * #trigger-point-therapy "Trigger point pressure release" "Sustained pressure on a trigger point."
    * insert LocalTechnique
  * #myofascial-release "Myofascial release" "Direct or indirect myofascial release."
    * insert LocalTechnique
  * #neuromuscular-therapy "Neuromuscular therapy" "Neuromuscular therapy of soft tissue."
    * insert LocalTechnique
  * #muscle-energy "Muscle energy technique" "Muscle energy technique or post-isometric relaxation."
    * insert LocalTechnique
  * #passive-stretch "Passive stretching" "Stretching by the therapist; the SNOMED CT code names only the action."
  * #manual-lymph-drainage "Manual lymphatic drainage" "Manual drainage of lymph."
    * insert LocalTechnique
  * #gentle-pressure "Light-pressure holding" "Gentle or static touch with light pressure."
    * insert LocalTechnique
  * #scar-massage "Scar tissue massage" "Massage of a scar."
    * insert LocalTechnique
  * #joint-mobilisation "Joint mobilisation without thrust" "Mobilisation of soft tissue or a joint, without thrust; local practice law may forbid it."
  * #iastm "Instrument-assisted soft tissue mobilisation" "Soft tissue work with tools or cups."
  * #heat "Superficial heat" "Application of superficial heat."
    * insert LocalTechnique
  * #cold "Cold application" "Application of cold."
  * #posture-education "Posture and ergonomics education" "Advice on posture and ergonomics."
    * insert LocalTechnique
  * #home-exercise-teaching "Teaching of home exercises" "Teaching of exercises to do at home."
* #finding "Finding" "What the therapist sees, feels or measures."
  * insert Heading
  * #trigger-point "Trigger point" "A myofascial trigger point found by palpation."
  * #posture-finding "Posture finding" "A deviation of posture."
    * insert LocalFinding
  * #muscle-guarding "Muscle guarding" "Protective tension of a muscle."
    * insert LocalFinding
  * #scar-mobility "Scar mobility" "How freely a scar moves."
    * insert LocalFinding
  * #breathing-pattern "Breathing pattern" "The pattern of breathing at rest."
  * #skin-colour-temp "Skin colour and temperature" "Colour and temperature of the skin."
  * #limb-girth "Limb girth" "Circumference of a limb at a stated level, in centimetres."
  * #ppt "Pressure pain threshold" "Pressure at which pressure becomes pain, in kilopascals."
  * #dermatome-sensation "Light touch by dermatome" "Sensation of light touch in a dermatome."
* #range-of-motion "Range of motion" "Ranges of motion for which no LOINC code was found."
  * insert Heading
  * #rom-cervical-flexion "Cervical spine flexion" "Range of motion of the cervical spine: flexion, in degrees."
    * insert LocalRangeOfMotion
  * #rom-cervical-extension "Cervical spine extension" "Range of motion of the cervical spine: extension, in degrees."
    * insert LocalRangeOfMotion
  * #rom-cervical-lateral-flexion "Cervical spine lateral flexion" "Range of motion of the cervical spine: lateral flexion, in degrees."
    * insert LocalRangeOfMotion
  * #rom-cervical-rotation "Cervical spine rotation" "Range of motion of the cervical spine: rotation, in degrees."
    * insert LocalRangeOfMotion
  * #rom-lumbar-flexion "Lumbar spine flexion" "Range of motion of the lumbar spine: flexion, in degrees."
    * insert LocalRangeOfMotion
  * #rom-lumbar-extension "Lumbar spine extension" "Range of motion of the lumbar spine: extension, in degrees."
    * insert LocalRangeOfMotion
  * #rom-lumbar-lateral-flexion "Lumbar spine lateral flexion" "Range of motion of the lumbar spine: lateral flexion, in degrees."
    * insert LocalRangeOfMotion
  * #rom-lumbar-rotation "Lumbar spine rotation" "Range of motion of the lumbar spine: rotation, in degrees."
    * insert LocalRangeOfMotion
  * #rom-hip-flexion "Hip flexion" "Range of motion of the hip: flexion, in degrees."
    * insert LocalRangeOfMotion
  * #rom-hip-extension "Hip extension" "Range of motion of the hip: extension, in degrees."
    * insert LocalRangeOfMotion
  * #rom-hip-abduction "Hip abduction" "Range of motion of the hip: abduction, in degrees."
    * insert LocalRangeOfMotion
  * #rom-hip-adduction "Hip adduction" "Range of motion of the hip: adduction, in degrees."
    * insert LocalRangeOfMotion
  * #rom-hip-internal-rotation "Hip internal rotation" "Range of motion of the hip: internal rotation, in degrees."
    * insert LocalRangeOfMotion
  * #rom-hip-external-rotation "Hip external rotation" "Range of motion of the hip: external rotation, in degrees."
    * insert LocalRangeOfMotion
  * #rom-elbow-flexion "Elbow flexion" "Range of motion of the elbow: flexion, in degrees."
    * insert LocalRangeOfMotion
  * #rom-elbow-extension "Elbow extension" "Range of motion of the elbow: extension, in degrees."
    * insert LocalRangeOfMotion
  * #rom-wrist-flexion "Wrist flexion" "Range of motion of the wrist: flexion, in degrees."
    * insert LocalRangeOfMotion
  * #rom-wrist-extension "Wrist extension" "Range of motion of the wrist: extension, in degrees."
    * insert LocalRangeOfMotion
  * #rom-ankle-dorsiflexion "Ankle dorsiflexion" "Range of motion of the ankle: dorsiflexion, in degrees."
    * insert LocalRangeOfMotion
  * #rom-ankle-plantar-flexion "Ankle plantar flexion" "Range of motion of the ankle: plantar flexion, in degrees."
    * insert LocalRangeOfMotion
* #score "Score" "Scores of instruments for which no standard code was found. Only scores are stored; the items belong to their owners."
  * insert Heading
  * #quickdash "QuickDASH" "Score 0 to 100."
  * #lefs "Lower Extremity Functional Scale" "Score 0 to 80."
  * #psfs "Patient-Specific Functional Scale" "Score 0 to 10."
  * #fiqr "Revised Fibromyalgia Impact Questionnaire" "Score 0 to 100."
  * #rmdq "Roland-Morris Disability Questionnaire" "Score 0 to 24."
  * #pgic "Patient Global Impression of Change" "From 1, very much improved, to 7, very much worse."
  * #hit-6 "Headache Impact Test-6" "Total 36 to 78."
  * #midas "Migraine Disability Assessment" "Total 0 to 270."
  * #dn4 "Douleur neuropathique 4" "Score 0 to 10."
  * #paindetect "painDETECT" "Score -1 to 38."
  * #s-lanss "Self-report LANSS" "Score 0 to 24."
  * #pss-10 "Perceived Stress Scale" "Total 0 to 40."
  * #psqi "Pittsburgh Sleep Quality Index" "Global score 0 to 21."
  * #gad-2 "GAD-2" "Total 0 to 6."
  * #phq-4 "PHQ-4" "Total 0 to 12."
  * #bpi-severity "Brief Pain Inventory severity" "Mean of the four severity items, 0 to 10."
* #outcome "Outcome" "What changed for the patient."
  * insert Heading
  * #relief-duration "Duration of relief" "How long relief lasted after a visit, in hours."
  * #relief-degree "Degree of relief" "Relief after a visit, 0 to 100 per cent."
  * #headache-days-28d "Headache days in 28 days" "Days with headache in the last 28 days."
  * #migraine-days-28d "Migraine days in 28 days" "Days with migraine in the last 28 days."
  * #acute-med-days-28d "Acute medication days in 28 days" "Days with acute headache medication in the last 28 days."
  * #low-pain-days "Days with little pain" "Days with pain of 3 or less in the last 7."
    * insert LocalOutcome
  * #analgesic-use-change "Change of analgesic use" "Decreased, unchanged, increased or stopped."
  * #hep-adherence "Adherence to the home programme" "Home sessions done of those prescribed, in per cent."
    * insert LocalOutcome
  * #sitting-tolerance "Sitting tolerance" "How long the patient can sit, in minutes."
  * #standing-tolerance "Standing tolerance" "How long the patient can stand, in minutes."
  * #walking-tolerance "Walking tolerance" "How long the patient can walk, in minutes."
  * #work-status "Work status" "What the patient can do at work."
  * #relaxation "Relaxation" "Self-rated relaxation, 0 to 10."
    * insert LocalOutcome
  * #pain-chronicity "Chronicity of pain" "Acute, subacute or chronic."
    * insert LocalOutcome
  * #outcome-expectation "Expected pain reduction" "What the patient expects, 0 to 10."
    * insert LocalOutcome
* #pain-quality "Pain quality" "Qualities of pain for which no trustworthy standard code was found."
  * insert Heading
  * #shooting "Shooting" "Shooting pain."
  * #cramping "Cramping" "Cramping or crushing pain."
* #response "Response to a visit" "What the patient noticed after a visit."
  * insert Heading
  * #post-session-soreness "Soreness after treatment" "Soreness that begins within 48 hours of a treatment."
  * #pain-flare "Pain flare" "A flare of the usual pain for more than 48 hours."
    * insert LocalResponse
  * #emotional-response "Emotional response" "Emotional release during a treatment."
    * insert LocalResponse
* #visit-kind "Visit kind" "What a visit is for."
  * insert Heading
  * #initial-assessment "Initial assessment" "First visit with assessment."
    * insert LocalVisitKind
  * #treatment "Treatment" "A treatment visit."
    * insert LocalVisitKind
  * #visit-reassessment "Reassessment" "A visit in which the plan is reviewed."
    * insert LocalVisitKind
  * #visit-discharge "Discharge" "The last visit of an episode."
    * insert LocalVisitKind
  * #no-show "No-show" "The patient did not come."
* #component "Component" "Parts of an observation."
  * insert Heading
  * #movement "Movement" "The movement that was measured."
    * insert LocalComponent
  * #side "Side" "Right, left, both or the midline."
    * insert LocalComponent
  * #active-passive "Active or passive" "Whether the patient or the examiner moved the joint."
    * insert LocalComponent
  * #starting-position "Starting position" "The position in which was measured."
    * insert LocalComponent
  * #state "Trigger point state" "Active or latent."
    * insert LocalComponent
  * #referral-zone "Referral zone" "Where a trigger point sends pain."
    * insert LocalComponent
  * #reproduces-familiar-pain "Reproduces familiar pain" "Whether pressure brings back the pain that the patient knows."
    * insert LocalComponent
  * #twitch-response "Local twitch response" "Whether the muscle twitched."
    * insert LocalComponent
  * #taut-band "Taut band" "Whether a taut band was felt."
    * insert LocalComponent
  * #degree "Degree" "How marked a finding is."
    * insert LocalComponent
  * #dermatome "Dermatome" "The strip of skin of one spinal nerve."
    * insert LocalComponent
  * #pitting "Pitting" "Whether pressing leaves a pit."
    * insert LocalComponent
* #qualifier "Qualifier" "Values of components."
  * insert Heading
  * #active "Active" "The patient moved the joint."
    * insert LocalQualifier
  * #passive "Passive" "The examiner moved the joint."
    * insert LocalQualifier
  * #assisted "Assisted" "The examiner helped the patient to move the joint."
    * insert LocalQualifier
  * #active-trigger-point "Active trigger point" "Hurts by itself or reproduces pain that the patient knows."
    * insert LocalQualifier
  * #latent-trigger-point "Latent trigger point" "Hurts only under pressure."
    * insert LocalQualifier
  * #midline "Midline" "Neither side: a movement or site in the midline."
    * insert LocalQualifier
  * #lateral-flexion "Lateral flexion" "Bending to the side."
    * insert LocalQualifier
  * #rotation "Rotation" "Turning to the side."
    * insert LocalQualifier
  * #dorsiflexion "Dorsiflexion" "Bending the foot up."
    * insert LocalQualifier
  * #plantar-flexion "Plantar flexion" "Bending the foot down."
    * insert LocalQualifier
  * #degree-mild "Mild degree" "A mild degree of a finding."
    * insert LocalQualifier
  * #degree-moderate "Moderate degree" "A moderate degree of a finding."
    * insert LocalQualifier
  * #degree-marked "Marked degree" "A marked degree of a finding."
    * insert LocalQualifier
  * #tone-decreased "Decreased tone" "Less tone than usual."
    * insert LocalQualifier
  * #tone-normal "Normal tone" "Usual tone."
    * insert LocalQualifier
  * #tone-increased-mild "Mildly increased tone" "A little more tone than usual."
    * insert LocalQualifier
  * #tone-increased-moderate "Moderately increased tone" "More tone than usual."
    * insert LocalQualifier
  * #tone-increased-marked "Markedly increased tone" "Much more tone than usual."
    * insert LocalQualifier
  * #sensation-normal "Normal sensation" "Light touch is felt as usual."
    * insert LocalQualifier
  * #sensation-reduced "Reduced sensation" "Light touch is felt less."
    * insert LocalQualifier
  * #sensation-absent "Absent sensation" "Light touch is not felt."
    * insert LocalQualifier
  * #sensation-increased "Increased sensation" "Light touch is felt more, or hurts."
    * insert LocalQualifier
  * #skin-normal "Usual skin" "Usual colour and temperature."
    * insert LocalQualifier
  * #skin-pale "Pale skin" "Paler than usual."
    * insert LocalQualifier
  * #skin-red "Red skin" "Redder than usual."
    * insert LocalQualifier
  * #skin-blue "Blue skin" "Bluish."
    * insert LocalQualifier
  * #skin-warm "Warm skin" "Warmer than usual."
    * insert LocalQualifier
  * #skin-cold "Cold skin" "Colder than usual."
    * insert LocalQualifier
  * #forward-head "Forward head" "A deviation of posture."
    * insert LocalQualifier
  * #rounded-shoulders "Rounded shoulders" "A deviation of posture."
    * insert LocalQualifier
  * #elevated-shoulder "Elevated shoulder" "A deviation of posture."
    * insert LocalQualifier
  * #thoracic-kyphosis-increased "Thoracic kyphosis increased" "A deviation of posture."
    * insert LocalQualifier
  * #lumbar-lordosis-increased "Lumbar lordosis increased" "A deviation of posture."
    * insert LocalQualifier
  * #lumbar-lordosis-decreased "Lumbar lordosis decreased" "A deviation of posture."
    * insert LocalQualifier
  * #pelvic-tilt-anterior "Pelvic tilt anterior" "A deviation of posture."
    * insert LocalQualifier
  * #pelvic-tilt-posterior "Pelvic tilt posterior" "A deviation of posture."
    * insert LocalQualifier
  * #pelvic-tilt-lateral "Pelvic tilt lateral" "A deviation of posture."
    * insert LocalQualifier
  * #scoliosis "Scoliosis" "A deviation of posture."
    * insert LocalQualifier
  * #leg-length-difference "Leg length difference" "A deviation of posture."
    * insert LocalQualifier
  * #knee-valgus "Knee valgus" "A deviation of posture."
    * insert LocalQualifier
  * #knee-varus "Knee varus" "A deviation of posture."
    * insert LocalQualifier
  * #foot-pronated "Foot pronated" "A deviation of posture."
    * insert LocalQualifier
  * #foot-supinated "Foot supinated" "A deviation of posture."
    * insert LocalQualifier
  * #full-duty "Full duty" "Works without limits."
  * #light-duty "Light duty" "Works with limits."
  * #off-work "Off work" "Does not work because of the condition."
* #answer "Answer" "Answers to questions for which no standard code was found."
  * insert Heading
  * #pgic-1 "Very much improved" "An answer about the change on the whole."
    * insert LocalAnswer
  * #pgic-2 "Much improved" "An answer about the change on the whole."
    * insert LocalAnswer
  * #pgic-3 "Minimally improved" "An answer about the change on the whole."
    * insert LocalAnswer
  * #pgic-4 "No change" "An answer about the change on the whole."
    * insert LocalAnswer
  * #pgic-5 "Minimally worse" "An answer about the change on the whole."
    * insert LocalAnswer
  * #pgic-6 "Much worse" "An answer about the change on the whole."
    * insert LocalAnswer
  * #pgic-7 "Very much worse" "An answer about the change on the whole."
    * insert LocalAnswer
* #consent "Consent" "Kinds of consent, and areas that consent is about."
  * insert Heading
  * #touch-consent "Consent to touch" "Which areas may be touched."
    * insert LocalConsent
  * #abdomen "Abdomen" "The front of the trunk below the ribs."
* #plan "Plan" "Kinds of plan."
  * insert Heading
  * #massage-plan-of-care "Massage plan of care" "A plan of massage therapy."
* #section "Summary section" "Sections of summaries for which no LOINC code was found."
  * insert Heading
  * #pain-trend "Pain and function over time" "Scores from the baseline on."
    * insert LocalSection
  * #recommendations "Recommendations" "What the therapist recommends."
    * insert LocalSection
  * #visits "Visits" "Visits planned, attended, missed and left."
    * insert LocalSection
  * #safety-summary "Safety" "Adverse events and precautions."
    * insert LocalSection
  * #withheld "Withheld" "What a summary leaves out, and why."
    * insert LocalSection
  * #session-response "Response to a session" "Pain before and after the hands-on work, and hours of relief; apart from the episode."
    * insert LocalSection
  * #home-programme "Home programme" "Exercises for home, and how many of them were done."
    * insert LocalSection
  * #contact "Next steps and contact" "Next reassessment, whom to call, who signs."
    * insert LocalSection
  * #medical-necessity "Medical necessity" "Impairment, function, service, expected change and time."
    * insert LocalSection
  * #units "Units" "Units of each day under the payer's rule, and why."
    * insert LocalSection
  * #report-readiness "Readiness of the report" "What a payer expects and the record does not hold yet; reports due."
    * insert LocalSection
* #report-request "Asked of a summary" "What a referral may ask the progress summary to tell besides pain and function."
  * insert Heading
  * #report-mood "Report on mood" "The clinician wants to read how mood, anxiety and stress change."
    * insert LocalReportRequest
  * #report-sleep "Report on sleep" "The clinician wants to read how sleep and fatigue change."
    * insert LocalReportRequest
  * #report-quality-of-life "Report on quality of life" "The clinician wants to read how quality of life changes."
    * insert LocalReportRequest
* #document "Document" "Kinds of document for which no LOINC code was found, and marks of documents."
  * insert Heading
  * #medical-necessity-letter "Letter of medical necessity" "A letter for the physician to sign: diagnosis, treatment, frequency and time."
    * insert LocalDocument
  * #signed-summary "Signed summary" "Mark of what belongs to a signed summary and is not changed any more."
    * insert LocalDocument
* #restriction "Restriction" "What is not to be done, or only under a condition."
  * insert Heading
  * #no-massage "No massage" "No massage until cleared."
    * insert LocalRestriction
  * #local-avoid "Avoid the area" "No touch on the area."
    * insert LocalRestriction
  * #light-pressure "Light pressure only" "No more than light pressure."
    * insert LocalRestriction
  * #no-deep-friction "No deep friction" "No deep friction."
    * insert LocalRestriction
  * #no-cervical "No neck work" "No work on the neck."
    * insert LocalRestriction
  * #no-heat "No heat" "No heat."
    * insert LocalRestriction
  * #no-abdomen "No abdominal work" "No work on the abdomen."
    * insert LocalRestriction
  * #position-sidelying "Side-lying position" "Treatment lying on the side."
    * insert LocalRestriction
  * #require-clearance "Clearance required" "A clinician must agree first."
    * insert LocalRestriction
  * #hygiene-delay "Postponed for hygiene" "Postponed because of possible contagion."
    * insert LocalRestriction
  * #monitor "Monitor" "Treat and watch."
    * insert LocalRestriction
  * #no-end-range "No stretching to the end of range" "No stretching to the end of the range of motion."
    * insert LocalRestriction
  * #no-vibration "No vibration" "No vibrating tools."
    * insert LocalRestriction
  * #no-cold "No cold" "No cold application."
    * insert LocalRestriction
* #screening "Screening" "What screening says and asks for."
  * insert Heading
  * #screening-outcome "Outcome of screening" "Which of the three outcomes screening had."
    * insert LocalScreening
  * #clear "Clear" "Everything was understood, and no rule is met."
    * insert LocalScreening
  * #restrict-or-stop "Restrict or stop" "At least one rule is met."
    * insert LocalScreening
  * #could-not-screen "Could not be screened" "Something could not be held against the rules; it is not clear."
    * insert LocalScreening
  * #override "Set aside" "A therapist has set a contraindication aside, with a reason."
    * insert LocalScreening
  * #intake-needed "Health history needed" "Somebody has to ask the patient."
    * insert LocalScreening
  * #red-flag-notice "Warning sign" "A notice of a warning sign."
    * insert LocalScreening
  * #acknowledged-by "Acknowledged by" "Who has read a warning sign and acted."
    * insert LocalScreening
* #safety "Safety rule" "Ids of the screening rules (CI) and of the warning-sign rules (RF). The rules themselves are drafts until clinicians have signed them off."
  * insert Heading
  * #CI-01 "Deep vein thrombosis or pulmonary embolism" "Screening rule."
    * insert LocalSafety
  * #CI-02 "Anticoagulant" "Screening rule."
    * insert LocalSafety
  * #CI-03 "Antiplatelet" "Screening rule."
    * insert LocalSafety
  * #CI-04 "Bleeding or platelet disorder" "Screening rule."
    * insert LocalSafety
  * #CI-05 "Laboratory values of clotting" "Screening rule."
    * insert LocalSafety
  * #CI-06 "Thrombophilia" "Screening rule."
    * insert LocalSafety
  * #CI-07 "Fracture, recent or unhealed" "Screening rule."
    * insert LocalSafety
  * #CI-08 "Osteoporotic or compression fracture" "Screening rule."
    * insert LocalSafety
  * #CI-09 "Osteoporosis" "Screening rule."
    * insert LocalSafety
  * #CI-10 "Active malignancy" "Screening rule."
    * insert LocalSafety
  * #CI-11 "Bone metastases" "Screening rule."
    * insert LocalSafety
  * #CI-12 "History of malignancy" "Screening rule."
    * insert LocalSafety
  * #CI-13 "Lymphoedema or lymph-node removal" "Screening rule."
    * insert LocalSafety
  * #CI-14 "Pregnancy" "Screening rule."
    * insert LocalSafety
  * #CI-15 "Infection, fever or systemic illness" "Screening rule."
    * insert LocalSafety
  * #CI-16 "Cellulitis, abscess, septic joint or osteomyelitis" "Screening rule."
    * insert LocalSafety
  * #CI-17 "Contagious skin condition" "Screening rule."
    * insert LocalSafety
  * #CI-18 "Active herpes zoster" "Screening rule."
    * insert LocalSafety
  * #CI-19 "Skin lesion or open wound" "Screening rule."
    * insert LocalSafety
  * #CI-20 "Recent surgery" "Screening rule."
    * insert LocalSafety
  * #CI-21 "Recent injection at the site" "Screening rule."
    * insert LocalSafety
  * #CI-22 "Uncontrolled hypertension" "Screening rule."
    * insert LocalSafety
  * #CI-23 "Heart failure" "Screening rule."
    * insert LocalSafety
  * #CI-24 "Recent myocardial infarction or unstable angina" "Screening rule."
    * insert LocalSafety
  * #CI-25 "Recent stroke or transient ischaemic attack" "Screening rule."
    * insert LocalSafety
  * #CI-26 "Aneurysm or aortic dissection" "Screening rule."
    * insert LocalSafety
  * #CI-27 "Peripheral vascular disease or ulcer" "Screening rule."
    * insert LocalSafety
  * #CI-28 "Marked varicose veins" "Screening rule."
    * insert LocalSafety
  * #CI-29 "Diabetes with neuropathy or insulin pump" "Screening rule."
    * insert LocalSafety
  * #CI-30 "Sensory loss or neuropathy" "Screening rule."
    * insert LocalSafety
  * #CI-31 "Upper cervical instability" "Screening rule."
    * insert LocalSafety
  * #CI-32 "Acute joint inflammation or acute injury" "Screening rule."
    * insert LocalSafety
  * #CI-33 "Hypermobility" "Screening rule."
    * insert LocalSafety
  * #CI-34 "Long-term corticosteroid or skin atrophy" "Screening rule."
    * insert LocalSafety
  * #CI-35 "Immunosuppression or chemotherapy" "Screening rule."
    * insert LocalSafety
  * #CI-36 "Transdermal drug patch" "Screening rule."
    * insert LocalSafety
  * #CI-37 "Opioid or sedative use" "Screening rule."
    * insert LocalSafety
  * #CI-38 "Uncontrolled epilepsy" "Screening rule."
    * insert LocalSafety
  * #CI-39 "Liver or kidney failure, ascites" "Screening rule."
    * insert LocalSafety
  * #CI-40 "Implant" "Screening rule."
    * insert LocalSafety
  * #CI-41 "Severe pain of unknown cause" "Screening rule."
    * insert LocalSafety
  * #CI-42 "Allergy to lubricant" "Screening rule."
    * insert LocalSafety
  * #CI-43 "Acute psychosis, intoxication or recent trauma" "Screening rule."
    * insert LocalSafety
  * #CI-44 "Raynaud phenomenon or cold intolerance" "Screening rule."
    * insert LocalSafety
  * #CI-45 "Cauda equina or progressive neurological deficit" "Screening rule."
    * insert LocalSafety
  * #RF-01 "Thoughts of self-harm in PHQ-9 item 9" "Warning-sign rule."
    * insert LocalSafety
  * #RF-02 "New neurological deficit" "Warning-sign rule."
    * insert LocalSafety
  * #RF-03 "Worsening pain" "Warning-sign rule."
    * insert LocalSafety
  * #RF-04 "Cauda equina signs" "Warning-sign rule."
    * insert LocalSafety
  * #RF-05 "Suspected deep vein thrombosis" "Warning-sign rule."
    * insert LocalSafety
  * #RF-06 "Possible fracture or vertebral collapse" "Warning-sign rule."
    * insert LocalSafety
  * #RF-07 "Malignancy pattern" "Warning-sign rule."
    * insert LocalSafety
  * #RF-08 "Signs of infection" "Warning-sign rule."
    * insert LocalSafety
  * #RF-09 "Severe hypertension" "Warning-sign rule."
    * insert LocalSafety
  * #RF-10 "Headache warning signs" "Warning-sign rule."
    * insert LocalSafety
  * #RF-11 "Arterial warning signs with neck work" "Warning-sign rule."
    * insert LocalSafety
  * #RF-12 "Severe depression or anxiety score" "Warning-sign rule."
    * insert LocalSafety
  * #RF-13 "Serious adverse event" "Warning-sign rule."
    * insert LocalSafety
  * #RF-14 "No response to treatment" "Warning-sign rule."
    * insert LocalSafety
  * #RF-15 "Rising analgesic use" "Warning-sign rule."
    * insert LocalSafety
  * #RF-16 "Disclosed violence, abuse or neglect" "Warning-sign rule."
    * insert LocalSafety
  * #RF-17 "Pregnancy warning signs" "Warning-sign rule."
    * insert LocalSafety
  * #RF-18 "Collapse or hypoglycaemia in a visit" "Warning-sign rule."
    * insert LocalSafety
* #technique #joint-mobilisation insert Local([[Massage SOAP-note templates; SNOMED CT 118745001 was not verified.]])
* #technique #iastm insert Local([[Massage SOAP-note templates: cupping, gua sha and tools; no code was found.]])
* #finding #trigger-point insert Local([[Travell and Simons; no SNOMED CT finding was seen.]])
* #finding #breathing-pattern insert Local([[SOAP-note template of MassageBook; no code was found.]])
* #finding #skin-colour-temp insert Local([[Skin colour and temperature before and after work, from the seed articles on circulation; no code was found.]])
* #finding #limb-girth insert Local([[Lymphoedema practice; no code was found.]])
* #finding #ppt insert Local([[Algometry; also given in kgf/cm2 (times 98.07); no code was found.]])
* #finding #dermatome-sensation insert Local([[Neurological screen by dermatome C2 to S5; no LOINC code for special tests (HPI ADR-0045).]])
* #score #quickdash insert Local([[Institute for Work and Health; CMS ACCESS uses a code of its own too.]])
* #score #lefs insert Local([[Binkley 1999, Phys Ther 79:371; LOINC 72748-4, which circulates, fails the check digit.]])
* #score #psfs insert Local([[Patient-Specific Functional Scale (Rysstad 2020, BMC Musculoskelet Disord 21:328); no code was found.]])
* #score #fiqr insert Local([[Bennett 2009, J Rheumatol 36:1304 (FIQ), revised; no code was found.]])
* #score #rmdq insert Local([[Roland-Morris (Ostelo 2008, Spine); no code was found.]])
* #score #pgic insert Local([[Farrar 2001, Pain 94:149; ACCESS has a code of its own, PACIO PFE says that none are defined.]])
* #score #hit-6 insert Local([[QualityMetric, licensed; Smelt 2014, Cephalalgia; no code was found.]])
* #score #midas insert Local([[Migraine Disability Assessment, grades I to IV; no code was found.]])
* #score #dn4 insert Local([[Bouhassira, Douleur neuropathique 4; score only; no code was found.]])
* #score #paindetect insert Local([[painDETECT, Pfizer; score only; no code was found.]])
* #score #s-lanss insert Local([[Self-report LANSS; score only; no code was found.]])
* #score #pss-10 insert Local([[Perceived Stress Scale, ten items; no code was found.]])
* #score #psqi insert Local([[Pittsburgh Sleep Quality Index (Longo 2021, IJERPH 18:8666); no code was found.]])
* #score #gad-2 insert Local([[GAD-2; LOINC 70273-8, often used for it, is PHQ-15 (German MII PRO module).]])
* #score #phq-4 insert Local([[PHQ-4; the panel is LOINC 69724-3 (secondary sources), no code for the total was found.]])
* #score #bpi-severity insert Local([[Brief Pain Inventory, mean of the four severity items; interference is LOINC 77565-0, for this no code was seen.]])
* #outcome #relief-duration insert Local([[Seed article: pain is reduced for hours afterwards; BVA decision 0417803; no code was found.]])
* #outcome #relief-degree insert Local([[Product definition; the item of the BPI on relief is about medication in 24 hours, and not this.]])
* #outcome #headache-days-28d insert Local([[Headache diaries; 50 % responder definition, PMC7044826; no code was found.]])
* #outcome #migraine-days-28d insert Local([[Headache diaries; 50 % responder definition, PMC7044826; no code was found.]])
* #outcome #acute-med-days-28d insert Local([[ICHD-3 (days with acute medication); no code was found.]])
* #outcome #analgesic-use-change insert Local([[hl7-be/patient-monitoring: no LOINC or SNOMED CT code for painkillers taken.]])
* #outcome #sitting-tolerance insert Local([[Functional tolerance in reports to WA L&I; no code was found.]])
* #outcome #standing-tolerance insert Local([[Functional tolerance in reports to WA L&I; no code was found.]])
* #outcome #walking-tolerance insert Local([[Functional tolerance in reports to WA L&I; no code was found.]])
* #outcome #work-status insert Local([[WA L&I and workers compensation reports: full duty, light duty, off work; no code was found.]])
* #pain-quality #shooting insert Local([[SNOMED CT 8708008 was not found in any source.]])
* #pain-quality #cramping insert Local([[The source uses SNOMED CT 279093005 for both cramping and crushing.]])
* #visit-kind #no-show insert Local([[Missed visits in practice software; BSeR 5.1.2 says unattended of a Task.]])
* #qualifier #full-duty insert Local([[WA L&I: work status; no code was found.]])
* #qualifier #light-duty insert Local([[WA L&I: work status; no code was found.]])
* #qualifier #off-work insert Local([[WA L&I: work status; no code was found.]])
* #consent #abdomen insert Local([[Area of touch consent; product definition.]])
* #technique #passive-stretch insert Nearest(http://snomed.info/sct|129420008, [[SNOMED CT 129420008 names the action only; seen in the FHIR R4 value set expansions.]])
* #technique #cold insert Nearest(http://snomed.info/sct|182660006, [[SNOMED CT 182660006, cold therapy; seen in the FHIR R4 value set expansions.]])
* #technique #home-exercise-teaching insert Nearest(http://snomed.info/sct|386463000, [[SNOMED CT 386463000, prescribed exercise education; seen in the value sets of US quality measures (VSAC).]])
* #response #post-session-soreness insert Nearest(http://snomed.info/sct|68962001, [[SNOMED CT 68962001, muscle pain; seen in OHDSI phenotypes; the local code adds the onset within 48 hours.]])
* #plan #massage-plan-of-care insert Nearest(http://snomed.info/sct|734163000, [[SNOMED CT 734163000, care plan; seen in the FHIR R4 value set expansions.]])

RuleSet: Heading
* ^property[0].code = #code-status
* ^property[0].valueString = "group"
* ^property[1].code = #notSelectable
* ^property[1].valueBoolean = true

RuleSet: LocalTechnique
* ^property[0].code = #code-status
* ^property[0].valueString = "L"
* ^property[1].code = #source
* ^property[1].valueString = "Techniques named in massage SOAP-note templates (WinCity, MassageBook); no code for them was found in LOINC, SNOMED CT expansions or published FHIR guides."

RuleSet: LocalFinding
* ^property[0].code = #code-status
* ^property[0].valueString = "L"
* ^property[1].code = #source
* ^property[1].valueString = "Findings named in massage SOAP-note templates (WinCity, MassageBook); no code was found in the sources searched."

RuleSet: LocalRangeOfMotion
* ^property[0].code = #code-status
* ^property[0].valueString = "L"
* ^property[1].code = #source
* ^property[1].valueString = "Joint and direction as in openEHR range_of_motion.v1; no LOINC code was seen for this joint."

RuleSet: LocalOutcome
* ^property[0].code = #code-status
* ^property[0].valueString = "L"
* ^property[1].code = #source
* ^property[1].valueString = "Product definition after the questions that payers and physicians ask; no code was found."

RuleSet: LocalResponse
* ^property[0].code = #code-status
* ^property[0].valueString = "L"
* ^property[1].code = #source
* ^property[1].valueString = "Responses to massage in Yin 2014, ECAM; no code was found."

RuleSet: LocalVisitKind
* ^property[0].code = #code-status
* ^property[0].valueString = "L"
* ^property[1].code = #source
* ^property[1].valueString = "Kinds of visit in physiotherapy and massage practice software; no code was found."

RuleSet: LocalComponent
* ^property[0].code = #code-status
* ^property[0].valueString = "L"
* ^property[1].code = #source
* ^property[1].valueString = "Element of openEHR range_of_motion.v1, exam-muscle_group or oedema, or of Travell and Simons on trigger points; no code was found."

RuleSet: LocalQualifier
* ^property[0].code = #code-status
* ^property[0].valueString = "L"
* ^property[1].code = #source
* ^property[1].valueString = "Value of a component, after openEHR archetypes and massage SOAP-note templates; no code was found."

RuleSet: LocalAnswer
* ^property[0].code = #code-status
* ^property[0].valueString = "L"
* ^property[1].code = #source
* ^property[1].valueString = "Patient Global Impression of Change, seven answers; the ACCESS model has codes of its own, PACIO PFE says that none are defined."

RuleSet: LocalConsent
* ^property[0].code = #code-status
* ^property[0].valueString = "L"
* ^property[1].code = #source
* ^property[1].valueString = "Touch and area consent on paper forms of massage practices; no code was found."

RuleSet: LocalSection
* ^property[0].code = #code-status
* ^property[0].valueString = "L"
* ^property[1].code = #source
* ^property[1].valueString = "Section that the summaries of this guide need; no LOINC section code was found."

RuleSet: LocalDocument
* ^property[0].code = #code-status
* ^property[0].valueString = "L"
* ^property[1].code = #source
* ^property[1].valueString = "Kind or mark of a document that this server writes; no LOINC document code was found."

RuleSet: LocalRestriction
* ^property[0].code = #code-status
* ^property[0].valueString = "L"
* ^property[1].code = #source
* ^property[1].valueString = "Restrictions in the contraindication rules of this server (screening-rules.json), drafts; no code was found."

RuleSet: LocalScreening
* ^property[0].code = #code-status
* ^property[0].valueString = "L"
* ^property[1].code = #source
* ^property[1].valueString = "Words of the screening of this server; no code was found."

RuleSet: LocalSafety
* ^property[0].code = #code-status
* ^property[0].valueString = "L"
* ^property[1].code = #source
* ^property[1].valueString = "Rule id of this server; the rule names its own source in screening-rules.json."

RuleSet: LocalReportRequest
* ^property[0].code = #code-status
* ^property[0].valueString = "L"
* ^property[1].code = #source
* ^property[1].valueString = "Product definition: what a physician may ask a progress summary to tell besides pain and function; no code was found."

RuleSet: Local(source)
* ^property[0].code = #code-status
* ^property[0].valueString = "L"
* ^property[1].code = #source
* ^property[1].valueString = "{source}"

RuleSet: Nearest(standard, source)
* ^property[0].code = #code-status
* ^property[0].valueString = "V"
* ^property[1].code = #source
* ^property[1].valueString = "{source}"
* ^property[2].code = #standard-code
* ^property[2].valueString = "{standard}"

ValueSet: MassageCodesAll
Id: massage
Title: "All Massage Codes"
Description: "Every code of the massage code system, headings included."
* ^experimental = false
* include codes from system MassageCodes

ValueSet: MassageTechniques
Id: massage-technique
Title: "Massage Techniques"
Description: "What the therapist does."
* ^experimental = false
* include codes from system MassageCodes where concept descendent-of #technique

ValueSet: MassageFindings
Id: massage-finding
Title: "Massage Findings"
Description: "What the therapist sees, feels or measures."
* ^experimental = false
* include codes from system MassageCodes where concept descendent-of #finding

ValueSet: MassageScores
Id: massage-score
Title: "Local Score Codes"
Description: "Instrument scores without a standard code."
* ^experimental = false
* include codes from system MassageCodes where concept descendent-of #score

ValueSet: MassageOutcomes
Id: massage-outcome
Title: "Massage Outcomes"
Description: "What changed for the patient."
* ^experimental = false
* include codes from system MassageCodes where concept descendent-of #outcome

ValueSet: MassageRestrictions
Id: massage-restriction
Title: "Massage Restrictions"
Description: "What is not to be done, or only under a condition."
* ^experimental = false
* include codes from system MassageCodes where concept descendent-of #restriction

ValueSet: MassageSafetyRules
Id: massage-safety
Title: "Safety Rules"
Description: "Ids of screening and warning-sign rules."
* ^experimental = false
* include codes from system MassageCodes where concept descendent-of #safety

ValueSet: Laterality
Id: laterality
Title: "Laterality"
Description: "Right, left, both sides, or the midline."
* ^experimental = false
* insert SnomedNotice
* $sct#24028007 "Right"
* $sct#7771000 "Left"
* $sct#51440002 "Bilateral"
* MassageCodes#midline

Extension: Side
Id: side
Title: "Side"
Description: "The side of a body site."
Context: CodeableConcept
* value[x] only CodeableConcept
* value[x] 1..1
* valueCodeableConcept from Laterality (required)
