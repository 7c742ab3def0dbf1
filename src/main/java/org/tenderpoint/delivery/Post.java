package org.tenderpoint.delivery;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import org.hl7.fhir.r4.model.Bundle;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;
import org.tenderpoint.chart.Subscriber;
import org.tenderpoint.chart.Subscribers;
import org.tenderpoint.guard.Outbound;
import org.tenderpoint.guard.PublicGate;

/** Sends a notification. Where it may go is asked each time: a name can be moved after its address was approved. */
@Component
class Post {

    private static final Duration WHOLE = Duration.ofSeconds(10);

    private final Subscribers subscribers;
    private final FhirContext fhir;
    private final Outbound outbound;

    Post(Subscribers subscribers, FhirContext fhir, DeliveryProperties properties, Environment environment) {
        this.subscribers = subscribers;
        this.fhir = fhir;
        var gate = new PublicGate(properties.hosts(), environment.acceptsProfiles(Profiles.of("demonstration")));
        // What is answered besides the status is not read.
        this.outbound = new Outbound(gate, WHOLE, 0);
    }

    /**
     * What came of an attempt.
     *
     * @param status that was answered; 0 where nobody answered in time
     */
    record Sent(int status) {

        boolean isTaken() {
            return status >= 200 && status < 300;
        }

        /** In a word of ours: nothing of what was answered gets into the record. */
        String problem() {
            return status == 0 ? "not-answered" : "answered-" + status;
        }
    }

    Sent send(Subscriber subscriber, String address, Bundle notification) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("Content-Type", "application/fhir+json");
        for (var header : subscribers.headers(subscriber)) {
            var colon = header.indexOf(':');
            headers.put(header.substring(0, colon), header.substring(colon + 1).strip());
        }
        try {
            return new Sent(outbound.deliver(
                    URI.create(address), headers, fhir.newJsonParser().encodeResourceToString(notification)));
        } catch (IOException | IllegalArgumentException failed) {
            return new Sent(0);
        }
    }
}
