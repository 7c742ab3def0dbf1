package org.tenderpoint.screening;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hl7.fhir.r4.model.AdverseEvent;
import org.hl7.fhir.r4.model.AllergyIntolerance;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.Condition;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.MedicationStatement;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Procedure;
import org.hl7.fhir.r4.model.QuestionnaireResponse;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ServiceRequest;
import org.hl7.fhir.r4.model.Task;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.chart.ChangeFeed;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.issue.Wordless;
import org.tenderpoint.server.AfterWrite;

/**
 * Screens whatever changes, right after it changed: at once what cannot wait, and once a while a visit's measurements.
 * What a crash leaves is found in the feed of changes. Nothing of it is done inside the transaction of a session.
 */
@Component
class AutomaticScreening implements AfterWrite {

    private static final Logger log = LoggerFactory.getLogger(AutomaticScreening.class);

    static final String CLIENT = "screening";
    private static final String READER = "screening";
    private static final long AT_ONCE_MILLIS = 100;
    private static final int MOST_REMEMBERED = 50_000;

    private final Screenings screenings;
    private final ChangeFeed feed;
    private final Clock clock;
    private final ScreeningProperties properties;

    /** Who is to be screened, and when. */
    private final Map<UUID, Instant> due = new ConcurrentHashMap<>();

    /** When the record of whom was last read, so that the feed does not lead to the same work again. */
    private final Map<UUID, Instant> screened = new ConcurrentHashMap<>();

    private final ScheduledExecutorService worker = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "screening");
        thread.setDaemon(true);
        // Behind whoever waits for an answer.
        thread.setPriority(Thread.MIN_PRIORITY);
        return thread;
    });

    AutomaticScreening(Screenings screenings, ChangeFeed feed, Clock clock, ScreeningProperties properties) {
        this.screenings = screenings;
        this.feed = feed;
        this.clock = clock;
        this.properties = properties;
    }

    /** Looks for what was left by whoever ran before, then again and again. */
    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        if (properties.automatic()) {
            var every = properties.catchUp().toMillis();
            worker.scheduleWithFixedDelay(this::catchUp, every / 10, every, TimeUnit.MILLISECONDS);
        }
    }

    @EventListener(ContextClosedEvent.class)
    void end() {
        worker.shutdownNow();
    }

    @Override
    public void written(Caller caller, List<Resource> resources) {
        if (!properties.automatic() || caller.clientId().equals(CLIENT)) {
            return;
        }
        for (var resource : resources) {
            patientOf(resource).ifPresent(patient -> plan(patient, delayMillis(resource)));
        }
    }

    private void plan(UUID patient, long delayMillis) {
        var at = clock.instant().plusMillis(delayMillis);
        var before = due.get(patient);
        if (before == null || at.isBefore(before)) {
            due.put(patient, at);
            worker.schedule(() -> screenIfDue(patient), delayMillis, TimeUnit.MILLISECONDS);
        }
    }

    /** The measurements of a visit come one transaction after the other, and are looked at together. */
    private long delayMillis(Resource resource) {
        var isOfAVisit = resource instanceof Procedure
                || (resource instanceof Observation observation
                        && observation.getCode().getCoding().stream()
                                .noneMatch(coding -> URGENT.contains(String.valueOf(coding.getCode()))));
        return isOfAVisit ? properties.settle().toMillis() : AT_ONCE_MILLIS;
    }

    /** PHQ-9 item 9, blood pressure, temperature, platelets, INR and the findings that warn of an emergency. */
    private static final Set<String> URGENT = Set.of(
            "44260-8",
            "44249-1",
            "85354-9",
            "8480-6",
            "8462-4",
            "8310-5",
            "777-3",
            "6301-6",
            "26544005",
            "264552009",
            "91019004",
            "102603008",
            "72042002",
            "165232002",
            "449614009",
            "102572006",
            "20262006");

    private static Optional<UUID> patientOf(Resource resource) {
        if (resource instanceof Condition condition) {
            return id(condition.getSubject());
        }
        if (resource instanceof MedicationStatement statement) {
            return id(statement.getSubject());
        }
        if (resource instanceof MedicationRequest request) {
            return id(request.getSubject());
        }
        if (resource instanceof AllergyIntolerance allergy) {
            return id(allergy.getPatient());
        }
        if (resource instanceof Observation observation) {
            return id(observation.getSubject());
        }
        if (resource instanceof Procedure procedure) {
            return id(procedure.getSubject());
        }
        if (resource instanceof AdverseEvent event) {
            return id(event.getSubject());
        }
        if (resource instanceof Device device) {
            return id(device.getPatient());
        }
        if (resource instanceof QuestionnaireResponse response) {
            return id(response.getSubject());
        }
        if (resource instanceof ServiceRequest order) {
            return id(order.getSubject());
        }
        if (resource instanceof Task task) {
            return id(task.getFor());
        }
        return resource instanceof CarePlan plan ? id(plan.getSubject()) : Optional.empty();
    }

    private static Optional<UUID> id(Reference reference) {
        var id = reference.getReferenceElement();
        try {
            return "Patient".equals(id.getResourceType())
                    ? Optional.of(UUID.fromString(id.getIdPart()))
                    : Optional.empty();
        } catch (IllegalArgumentException isNone) {
            return Optional.empty();
        }
    }

    private void screenIfDue(UUID patient) {
        var at = due.get(patient);
        if (at == null || at.isAfter(clock.instant())) {
            return;
        }
        due.remove(patient);
        try {
            screen(patient);
        } catch (RuntimeException failed) {
            log.warn("patient {} could not be screened; the next round tries again", patient, Wordless.of(failed));
        }
    }

    /** Goes through the changes since the last time; those that were dealt with at once are passed over. */
    void catchUp() {
        try {
            for (var more = true; more; ) {
                var page = feed.next(READER, FactsReader.TYPES);
                page.patients().forEach((patient, changed) -> {
                    var last = screened.get(patient);
                    if (last == null || last.isBefore(changed)) {
                        screen(patient);
                    }
                });
                feed.done(READER, page.until());
                more = page.more();
            }
        } catch (RuntimeException failed) {
            // The next round begins where the last one ended.
            log.warn("screening did not get through the changes; the next round tries again", Wordless.of(failed));
        }
    }

    /** Lets the feed begin with what is written from now on. */
    void skip() {
        feed.skip(READER);
    }

    private void screen(UUID patient) {
        if (screened.size() > MOST_REMEMBERED) {
            screened.clear();
        }
        var begun = clock.instant();
        for (var clinic : feed.clinicsOf(patient)) {
            var caller = new Caller(CLIENT, Role.CLINIC, clinic, Scopes.ALL_SYSTEM);
            try {
                screenings.screen(caller, patient);
            } catch (Refused refused) {
                // It will not go better the next time, and others are waiting.
                log.warn(
                        "patient {} was not screened: {}",
                        patient,
                        refused.issues().get(0).code());
            }
        }
        screened.put(patient, begun);
    }
}
