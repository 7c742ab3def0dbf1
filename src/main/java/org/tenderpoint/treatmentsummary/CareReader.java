package org.tenderpoint.treatmentsummary;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Address.AddressUse;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.PractitionerRole;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Timing;
import org.jspecify.annotations.Nullable;
import org.tenderpoint.document.Directory;
import org.tenderpoint.document.Directory.Somebody;
import org.tenderpoint.document.Episode;
import org.tenderpoint.document.PatientRecord;
import org.tenderpoint.document.Technique;
import org.tenderpoint.document.Words;
import org.tenderpoint.server.RecordedDay;
import org.tenderpoint.treatmentsummary.TreatmentSummary.Care;
import org.tenderpoint.treatmentsummary.TreatmentSummary.Diagnosis;

/** Reads who gives the care, when, for which diagnosis, under which restrictions, and what the patient can do at work. */
final class CareReader {

    /** The code of what the patient can do at work. */
    static final String WORK_STATUS = "work-status";

    private static final String NUCC = "http://nucc.org/provider-taxonomy";
    private static final String NPI = "http://hl7.org/fhir/sid/us-npi";
    private static final String TAX_NUMBER = "urn:oid:2.16.840.1.113883.4.4";
    private static final String RESTRICTED_BY = "https://tenderpoint.org/fhir/StructureDefinition/restricted-by";

    /** Where the hour and the minute stand in a date and time, as its writer's clock showed them. */
    private static final int HOUR = 11;

    private static final int MINUTE_ENDS = 16;

    private CareReader() {}

    static Care care(
            Directory directory, @Nullable Somebody therapist, Collection<Episode> episodes, List<CarePlan> plans) {
        var visits = episodes.stream()
                .flatMap(episode -> episode.encounters().stream())
                .filter(visit -> visit.getStatus() == EncounterStatus.FINISHED)
                .toList();
        return new Care(
                givenBy(directory, therapist, visits),
                episodes.stream()
                        .flatMap(episode -> episode.observations().stream())
                        .flatMap(seen -> workStatus(seen).stream())
                        .distinct()
                        .toList(),
                restrictions(plans));
    }

    private static List<String> givenBy(Directory directory, @Nullable Somebody therapist, List<Encounter> visits) {
        var people = therapist == null
                ? Stream.<Resource>empty()
                : directory.behind(new Reference(therapist.reference())).stream();
        var places =
                visits.stream().map(Encounter::getServiceProvider).flatMap(place -> directory.find(place).stream());
        return Stream.concat(people, places)
                .flatMap(CareReader::lines)
                .distinct()
                .toList();
    }

    private static Stream<String> lines(Resource who) {
        if (who instanceof Practitioner person) {
            return person.getQualification().stream().flatMap(one -> taxonomy(one.getCode()));
        }
        if (who instanceof PractitionerRole role) {
            return Stream.concat(role.getCode().stream(), role.getSpecialty().stream())
                    .flatMap(CareReader::taxonomy);
        }
        if (who instanceof Organization place && place.hasName()) {
            return Stream.of(place.getName()
                    + address(place).map(where -> ", " + where).orElse("")
                    + number(place, NPI).map(npi -> ", NPI " + npi).orElse("")
                    + number(place, TAX_NUMBER)
                            .map(tin -> ", tax number " + tin)
                            .orElse(""));
        }
        return Stream.empty();
    }

    /** Where the practice is; nobody's home, and nothing that is no longer so. */
    private static Optional<String> address(Organization place) {
        return place.getAddress().stream()
                .filter(address -> !address.hasUse() || address.getUse() == AddressUse.WORK)
                .map(address -> Stream.concat(
                                address.getLine().stream().map(StringType::getValue),
                                Stream.of(
                                        address.getCity(),
                                        Stream.of(address.getState(), address.getPostalCode())
                                                .filter(Objects::nonNull)
                                                .collect(Collectors.joining(" "))))
                        .filter(part -> part != null && !part.isBlank())
                        .collect(Collectors.joining(", ")))
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    private static Stream<String> taxonomy(CodeableConcept code) {
        return Words.code(code, NUCC).map(nucc -> "taxonomy " + nucc).stream();
    }

    private static Optional<String> number(Organization place, String system) {
        return place.getIdentifier().stream()
                .filter(identifier -> system.equals(identifier.getSystem()) && identifier.hasValue())
                .map(Identifier::getValue)
                .findFirst();
    }

    private static Optional<String> workStatus(Observation seen) {
        var isMeant = seen.getCode().hasCoding(Words.MASSAGE, WORK_STATUS)
                && seen.getStatus() != ObservationStatus.ENTEREDINERROR
                && seen.getStatus() != ObservationStatus.CANCELLED
                && seen.getValue() instanceof CodeableConcept;
        return isMeant
                ? Words.coded(seen.getValueCodeableConcept())
                        .map(status -> status
                                + RecordedDay.of(seen.getEffective())
                                        .map(day -> " (" + Words.day(day) + ")")
                                        .orElse(""))
                : Optional.empty();
    }

    /** Only what screening wrote, and only its code: a therapist's own words, and the reason, may name anything. */
    private static List<String> restrictions(List<CarePlan> plans) {
        return plans.stream()
                .flatMap(plan -> plan.getActivity().stream())
                .filter(activity -> activity.getDetail().getDoNotPerform() && activity.hasExtension(RESTRICTED_BY))
                .flatMap(activity -> Words.coded(activity.getDetail().getCode()).stream())
                .distinct()
                .toList();
    }

    /** What active plans foresee: technique, how often, until when. */
    static List<String> proposed(List<CarePlan> plans) {
        return plans.stream()
                .filter(plan -> plan.getStatus() == CarePlan.CarePlanStatus.ACTIVE)
                .flatMap(plan -> plan.getActivity().stream()
                        .map(CarePlan.CarePlanActivityComponent::getDetail)
                        .filter(detail -> !detail.getDoNotPerform())
                        .map(detail -> Words.coded(detail.getCode()).orElse("not coded")
                                + (detail.getScheduled() instanceof Timing timing ? frequency(timing) : "")
                                + RecordedDay.of(plan.getPeriod().getEndElement())
                                        .map(end -> ", until " + Words.day(end))
                                        .orElse("")))
                .distinct()
                .toList();
    }

    private static String frequency(Timing timing) {
        return Words.frequency(timing).map(often -> ", " + often).orElse("");
    }

    /** From when to when the visits of a day lasted; nothing of those that name no time. */
    static List<String> times(PatientRecord record, List<Technique> lines) {
        return lines.stream()
                .map(Technique::encounter)
                .distinct()
                .flatMap(visit -> record.find(Encounter.class, visit).stream())
                .filter(visit -> hasTime(visit.getPeriod().getStartElement())
                        && hasTime(visit.getPeriod().getEndElement()))
                .map(visit -> time(visit.getPeriod().getStartElement()) + "–"
                        + time(visit.getPeriod().getEndElement()))
                .toList();
    }

    private static boolean hasTime(BaseDateTimeType when) {
        return when.hasValue() && when.getValueAsString().length() > MINUTE_ENDS;
    }

    private static String time(BaseDateTimeType when) {
        return when.getValueAsString().substring(HOUR, MINUTE_ENDS);
    }

    /** The letters of the diagnoses that each service names; of all where it names none of them. */
    static Map<String, String> pointers(PatientRecord record, List<Technique> lines, List<Diagnosis> diagnoses) {
        var pointers = new HashMap<String, String>();
        for (var line : lines) {
            var named = record.find(Procedure.class, line.procedure()).stream()
                    .flatMap(procedure -> procedure.getReasonReference().stream())
                    .map(PatientRecord::idOf)
                    .toList();
            var own = new ArrayList<String>();
            var all = new ArrayList<String>();
            for (int i = 0; i < diagnoses.size(); i++) {
                all.add(letter(i));
                if (named.contains(diagnoses.get(i).source())) {
                    own.add(letter(i));
                }
            }
            pointers.put(line.procedure(), String.join(" ", own.isEmpty() ? all : own));
        }
        return pointers;
    }

    /** A, B, C: the way in which claims number diagnoses. */
    static String letter(int index) {
        return index < 26 ? String.valueOf((char) ('A' + index)) : Integer.toString(index + 1);
    }

    static @Nullable LocalDate onset(org.hl7.fhir.r4.model.Condition condition) {
        return RecordedDay.of(condition.getOnset()).orElse(null);
    }
}
