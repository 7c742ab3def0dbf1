package org.tenderpoint.delivery;

import ca.uhn.fhir.context.FhirContext;
import java.util.Optional;
import org.hl7.fhir.r4.model.Subscription;
import org.hl7.fhir.r4.model.Subscription.SubscriptionStatus;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.Change;
import org.tenderpoint.chart.Chart;
import org.tenderpoint.chart.Subscriber;
import org.tenderpoint.issue.Refused;
import org.tenderpoint.server.FhirJson;

/** What a subscriber's Subscription says, and how it is. */
@Component
class SubscriptionTexts {

    private static final String TYPE = "Subscription";

    private final Chart chart;
    private final FhirContext fhir;

    SubscriptionTexts(Chart chart, FhirContext fhir) {
        this.chart = chart;
        this.fhir = fhir;
    }

    /** None where it was deleted. */
    Optional<Subscription> of(Subscriber subscriber) {
        try {
            var standing = chart.standing(Owners.keeper(subscriber), TYPE, subscriber.id());
            return Optional.of((Subscription) FhirJson.parse(fhir, standing.json()));
        } catch (Refused gone) {
            return Optional.empty();
        }
    }

    /**
     * Has the Subscription say how it is. Said before it is so: a crash in between only has it said again.
     *
     * @param problem why it is so, where something is wrong
     */
    void say(Subscriber subscriber, SubscriptionStatus status, @Nullable String problem) {
        var standing = of(subscriber);
        if (standing.isEmpty() || standing.get().getStatus() == status) {
            return;
        }
        var changed = standing.get().setStatus(status).setError(problem);
        var version = Integer.valueOf(changed.getMeta().getVersionId());
        chart.commit(Change.by(Owners.keeper(subscriber))
                .because("subscription " + status.toCode())
                .add(new Change.Update(subscriber.id(), changed, null, version, TYPE)));
    }
}
