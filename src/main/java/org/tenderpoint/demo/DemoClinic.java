package org.tenderpoint.demo;

import ca.uhn.fhir.context.FhirContext;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CarePlan;
import org.hl7.fhir.r4.model.CarePlan.CarePlanStatus;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.Task;
import org.hl7.fhir.r4.model.Task.TaskStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Scopes;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.QueryReader;
import org.tenderpoint.chart.RecordTypes;
import org.tenderpoint.chart.Stored;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.server.FhirJson;
import org.tenderpoint.server.Returning;
import org.tenderpoint.server.Transactions;

/**
 * Loads the demonstration on first start, each Bundle as the client that would send it. Everything is created
 * conditionally, so that a load cut short is completed by the next start.
 */
@Component
@Profile("demonstration")
class DemoClinic implements ApplicationRunner {

    private static final Logger log = LoggerFactory.getLogger(DemoClinic.class);
    private static final int MOST_TRIES = 5;
    private static final int PRECONDITION_FAILED = 412;

    private static final Caller LOADER = new Caller("demo-loader", Role.ADMINISTRATOR, null, Scopes.ALL_SYSTEM);

    /** The organization that says whether the load was begun, and when. */
    private static final String FIRST = "north-massage-clinic";

    private final Chart chart;
    private final Transactions transactions;
    private final FhirContext fhir;
    private final Clock clock;
    private final Environment environment;

    DemoClinic(Chart chart, Transactions transactions, FhirContext fhir, Clock clock, Environment environment) {
        this.chart = chart;
        this.transactions = transactions;
        this.fhir = fhir;
        this.clock = clock;
        this.environment = environment;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (!isLoaded()) {
            load();
        }
        greet();
    }

    private boolean isLoaded() {
        var last = Course.ALL.get(Course.ALL.size() - 1);
        var lastVisit = last.visits().get(last.visits().size() - 1);
        return chart.organizationWith(DemoBundle.system("Organization"), last.clinic())
                .map(id -> new Caller(DemoClient.of(last.clinic()).id(), Role.CLINIC, id, Scopes.ALL_SYSTEM))
                .filter(clinic -> !find(clinic, "Encounter", SessionBundle.name(last, lastVisit))
                        .isEmpty())
                .isPresent();
    }

    /** Sends everything; what stands already stays as it is. */
    void load() {
        var begun = clock.millis();
        var sender = new Sender();
        // The calendar hangs on the first start, also when a second one completes the load on another day.
        sender.send(LOADER, new DemoBundles(LocalDate.ofInstant(clock.instant(), Days.ZONE)).directory());
        var bundles = new DemoBundles(firstStart());
        for (var course : Course.ALL) {
            var before = sender.resources;
            sender.send(as(course.referrer()), bundles.referral(course));
            var clinic = as(course.clinic());
            bundles.history(course).ifPresent(history -> sender.send(clinic, history));
            bundles.plan(course).ifPresent(plan -> {
                again(() -> accept(clinic, course, bundles));
                sender.send(clinic, plan);
            });
            bundles.sessions(course).forEach(session -> sender.send(clinic, session));
            if (course.plan() != null && !course.plan().heldBecause().isEmpty()) {
                var reason = course.plan().heldBecause();
                again(() -> hold(clinic, course, reason));
            }
            log.info(
                    "demonstration: course {} of {}, {} visits, {} resources",
                    Course.ALL.indexOf(course) + 1,
                    Course.ALL.size(),
                    course.visits().size(),
                    sender.resources - before);
        }
        log.info(
                "demonstration: {} Bundles, {} resources, {} ms",
                sender.bundles,
                sender.resources,
                clock.millis() - begun);
        SpareHeap.handBack();
    }

    private LocalDate firstStart() {
        var id = organization(FIRST);
        return LocalDate.ofInstant(chart.vread(LOADER, "Organization", id, 1).lastUpdated(), Days.ZONE);
    }

    /** Once more where somebody else was quicker: what the screening finds goes into a plan while this loads. */
    private static void again(Runnable change) {
        for (var left = MOST_TRIES; left > 0; left--) {
            try {
                change.run();
                return;
            } catch (Refused changedMeanwhile) {
                if (changedMeanwhile.getStatusCode() != PRECONDITION_FAILED || left == 1) {
                    throw changedMeanwhile;
                }
            }
        }
    }

    /** Takes the referral on, as a clinic does: reads the Task that stands, and changes that. */
    private void accept(Caller clinic, Course course, DemoBundles bundles) {
        var standing = find(clinic, "Task", course.key()).get(0);
        var task = (Task) FhirJson.parse(fhir, standing.json());
        if (task.getStatus() != TaskStatus.REQUESTED && task.getStatus() != TaskStatus.RECEIVED) {
            return;
        }
        task.setStatus(TaskStatus.ACCEPTED)
                .setBusinessStatus(
                        Codes.of(ReferralBundle.BUSINESS_STATUS, "3.0").setText("Accepted"))
                .setLastModified(Date.from(Days.of(course, bundles.today())
                        .at(course.order().day() + 1, "08:15")
                        .toInstant()));
        put(clinic, standing, task);
    }

    /** Stops a plan, as a clinic does: reads the one that stands, and changes that. */
    private void hold(Caller clinic, Course course, String reason) {
        var standing = find(clinic, "CarePlan", course.key()).get(0);
        var plan = (CarePlan) FhirJson.parse(fhir, standing.json());
        if (plan.getStatus() != CarePlanStatus.ONHOLD) {
            plan.setStatus(CarePlanStatus.ONHOLD).addNote().setText(reason);
            put(clinic, standing, plan);
        }
    }

    private void put(Caller clinic, Stored standing, Resource changed) {
        var bundle = new Bundle().setType(BundleType.TRANSACTION);
        bundle.addEntry()
                .setResource(changed)
                .getRequest()
                .setMethod(HTTPVerb.PUT)
                .setUrl(standing.reference())
                .setIfMatch(standing.etag());
        transactions.carryOut(clinic, bundle, Returning.MINIMAL, "");
    }

    private List<Stored> find(Caller caller, String type, String name) {
        var identifier = DemoBundle.system(type) + "|" + name;
        var query = QueryReader.read(RecordTypes.require(type), Map.of("identifier", new String[] {identifier}));
        return chart.search(caller, query).matches();
    }

    private Caller as(String organization) {
        var client = DemoClient.of(organization);
        return new Caller(client.id(), client.role(), organization(organization), Scopes.ALL_SYSTEM);
    }

    private UUID organization(String key) {
        return chart.organizationWith(DemoBundle.system("Organization"), key).orElseThrow();
    }

    private void greet() {
        var port = environment.getProperty("local.server.port", environment.getProperty("server.port", "8080"));
        var base = environment.getProperty("tenderpoint.base-url", "");
        log.info(DemoClient.greeting(base.isEmpty() ? "http://localhost:" + port : base));
    }

    /** Sends Bundles and remembers which ids the answers gave, as a client does. */
    private final class Sender {

        private final Map<String, String> ids = new HashMap<>();
        private int bundles;
        private int resources;

        void send(Caller caller, Bundle bundle) {
            bundle.getEntry().forEach(entry -> putIds(entry.getResource()));
            var answer = transactions.carryOut(caller, bundle, Returning.MINIMAL, "");
            for (int i = 0; i < bundle.getEntry().size(); i++) {
                var location = new IdType(answer.getEntry().get(i).getResponse().getLocation());
                ids.put(
                        bundle.getEntry().get(i).getFullUrl(),
                        location.toUnqualifiedVersionless().getValue());
            }
            bundles++;
            resources += bundle.getEntry().size();
        }

        private void putIds(Resource resource) {
            for (var reference : fhir.newTerser().getAllPopulatedChildElementsOfType(resource, Reference.class)) {
                reference.setReference(ids.getOrDefault(reference.getReference(), reference.getReference()));
            }
        }
    }
}
