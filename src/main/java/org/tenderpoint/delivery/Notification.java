package org.tenderpoint.delivery;

import ca.uhn.fhir.model.api.TemporalPrecisionEnum;
import java.time.Instant;
import java.util.Date;
import java.util.TimeZone;
import java.util.UUID;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.CanonicalType;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.tenderpoint.chart.Subscriber.Event;

/**
 * What a subscriber is sent, and what it is told of its Subscription when it asks.
 *
 * @param base URL of the FHIR server
 * @param subscription FHIR id
 * @param topic canonical URL
 * @param status of the Subscription
 */
record Notification(String base, UUID subscription, String topic, String status) {

    /** Asks whether whoever is at the endpoint wants to be notified. */
    Bundle handshake(long events, Instant now) {
        return notification(parameters("handshake", events), now);
    }

    /**
     * Tells of an event.
     *
     * @param number of the event, which is the number of events up to it
     * @param withId false where not even the id of what has changed is told
     */
    Bundle event(Event event, long number, boolean withId, Instant now) {
        var parameters = parameters("event-notification", number);
        var told = parameters.addParameter().setName("notification-event");
        told.addPart().setName("event-number").setValue(new StringType(Long.toString(number)));
        told.addPart().setName("timestamp").setValue(instant(event.noticed()));
        var bundle = notification(parameters, now);
        if (withId) {
            var focus = base + "/" + event.type() + "/" + event.focus();
            told.addPart().setName("focus").setValue(new Reference(focus));
            bundle.addEntry()
                    .setFullUrl(focus)
                    .setRequest(new Bundle.BundleEntryRequestComponent()
                            .setMethod(HTTPVerb.PUT)
                            .setUrl(event.type() + "/" + event.focus()))
                    .setResponse(new Bundle.BundleEntryResponseComponent().setStatus("200"));
        }
        return bundle;
    }

    /** How the Subscription is, as the answer of {@code $status}. */
    Bundle asked(long events) {
        var found = new Bundle().setType(BundleType.SEARCHSET).setTotal(1);
        var parameters = parameters("query-status", events);
        found.addEntry()
                .setFullUrl("urn:uuid:" + parameters.getIdElement().getIdPart())
                .setResource(parameters)
                .setSearch(new Bundle.BundleEntrySearchComponent().setMode(Bundle.SearchEntryMode.MATCH));
        return found;
    }

    private Bundle notification(Parameters parameters, Instant now) {
        var bundle = new Bundle().setType(BundleType.HISTORY).setTimestampElement(instant(now));
        bundle.getMeta().addProfile(Backport.NOTIFICATION);
        bundle.addEntry()
                .setFullUrl("urn:uuid:" + parameters.getIdElement().getIdPart())
                .setResource(parameters)
                .setRequest(new Bundle.BundleEntryRequestComponent()
                        .setMethod(HTTPVerb.GET)
                        .setUrl(url() + "/$status"))
                .setResponse(new Bundle.BundleEntryResponseComponent().setStatus("200"));
        return bundle;
    }

    private Parameters parameters(String type, long events) {
        var parameters = new Parameters();
        parameters.setId(UUID.randomUUID().toString());
        parameters.getMeta().addProfile(Backport.STATUS);
        parameters.addParameter().setName("subscription").setValue(new Reference(url()));
        parameters.addParameter().setName("topic").setValue(new CanonicalType(topic));
        parameters.addParameter().setName("status").setValue(new CodeType(status));
        parameters.addParameter().setName("type").setValue(new CodeType(type));
        parameters
                .addParameter()
                .setName("events-since-subscription-start")
                .setValue(new StringType(Long.toString(events)));
        return parameters;
    }

    private String url() {
        return base + "/Subscription/" + subscription;
    }

    private static InstantType instant(Instant at) {
        return new InstantType(Date.from(at), TemporalPrecisionEnum.MILLI, TimeZone.getTimeZone("UTC"));
    }
}
