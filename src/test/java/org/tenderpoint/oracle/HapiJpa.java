package org.tenderpoint.oracle;

import ca.uhn.fhir.context.FhirContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Enumerations.PublicationStatus;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ValueSet;
import org.tenderpoint.oracle.Search.Criterion;
import org.tenderpoint.oracle.Search.Include;

/** A copy of the record in HAPI's JPA server, and what that finds in it. */
final class HapiJpa {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    /**
     * Identifiers of references and {@code :above}; behind {@code _has} whatever has a colon but another {@code _has}. It knows chains without a
     * type, but finds nothing where one of the types lacks the parameter, and with {@code _has} behind them it joins all types
     * with each other and does not come to an end.
     */
    private static final Pattern UNKNOWN =
            Pattern.compile(":(identifier|above)$|_has:[^:]+:[^:]+:(?!_has:)[^:]*:|(^|[.:])[a-z-]+\\.");

    /** {@code ap} with dates; {@code sa} and {@code eb} with amounts. */
    private static final Pattern UNKNOWN_PREFIX =
            Pattern.compile("(^|\\$)(ap\\d{4}(-|$)|(sa|eb)-?\\d{1,3}(\\.\\d+)?(\\||$))");

    private static final Pattern DATE_OR_ID =
            Pattern.compile("^([a-z]{2})?\\d{4}(-\\d\\d(-\\d\\d(T.*)?)?)?$|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final FhirContext fhir;

    private HapiJpa(String base, FhirContext fhir) {
        this.base = base;
        this.fhir = fhir;
    }

    /** Sends a record there, under the ids that it has here. */
    static HapiJpa with(String base, FhirContext fhir, Loaded loaded, KnownValueSets valueSets) {
        var jpa = new HapiJpa(base, fhir);
        var all = new ArrayList<Resource>(valueSets.urls().stream()
                .map(url -> valueSet(url, valueSets.codes(url)))
                .toList());
        all.addAll(loaded.byReference().values());
        var bundle = new Bundle().setType(BundleType.TRANSACTION);
        for (var resource : all) {
            var reference = resource.fhirType() + "/" + resource.getIdElement().getIdPart();
            bundle.addEntry()
                    .setFullUrl(reference)
                    .setResource(resource)
                    .getRequest()
                    .setMethod(HTTPVerb.PUT)
                    .setUrl(reference);
        }
        var answer = jpa.post("", "application/fhir+json", fhir.newJsonParser().encodeResourceToString(bundle));
        if (answer.statusCode() != 200) {
            throw new AssertionError("HAPI does not take the record: " + answer.body());
        }
        return jpa;
    }

    /**
     * An answer.
     *
     * @param matches the rows
     * @param included what comes along
     * @param refused the text of a refusal; empty where there is an answer
     */
    record Answer(Set<String> matches, Set<String> included, String refused) {}

    /** False where HAPI says that it does not know such searches; two dates for one parameter are among them. */
    static boolean supports(Search search) {
        var dated = search.criteria().stream()
                .filter(criterion -> criterion.values().stream().allMatch(DATE_OR_ID.asPredicate()))
                .map(Criterion::name)
                .toList();
        return dated.size() == Set.copyOf(dated).size()
                && search.criteria().stream()
                        .noneMatch(
                                criterion -> UNKNOWN.matcher(criterion.name()).find()
                                        || criterion.values().stream().anyMatch(UNKNOWN_PREFIX.asPredicate()));
    }

    /** HAPI goes backward first, and then forward from all that it has: what goes both ways differs from R4. */
    static boolean supportsIncludes(Search search) {
        return search.includes().stream().map(Include::reverse).distinct().count() == 1;
    }

    /** What the criteria find; never mind order and pages. */
    Answer matches(Search search, String mark) {
        var matches = new TreeSet<String>();
        for (var single : single(search)) {
            var answer = ask(single.type(), single.criteriaUrl() + "&_tag=urn:tenderpoint:oracle%7C" + mark);
            if (!answer.refused().isEmpty()) {
                return answer;
            }
            matches.addAll(answer.matches());
        }
        return new Answer(matches, Set.of(), "");
    }

    private static boolean isTakenSingly(Criterion criterion) {
        return criterion.name().endsWith(":of-type")
                || criterion.values().stream()
                        .anyMatch(value -> Texts.split(value, '$').size() > 1)
                || criterion.values().stream().allMatch(DATE_OR_ID.asPredicate());
    }

    /**
     * HAPI takes neither several dates at once nor one id in two forms; of several typed identifiers it finds none, and of
     * several composites the codes of one with the values of another. Each of the values is asked for by itself.
     */
    private static List<Search> single(Search search) {
        for (int i = 0; i < search.criteria().size(); i++) {
            var criterion = search.criteria().get(i);
            if (criterion.values().size() > 1 && isTakenSingly(criterion)) {
                var place = i;
                return criterion.values().stream()
                        .flatMap(value -> {
                            var criteria = new ArrayList<>(search.criteria());
                            criteria.set(place, new Criterion(criterion.name(), List.of(value)));
                            return single(new Search(search.type(), criteria, List.of(), List.of(), 1)).stream();
                        })
                        .toList();
            }
        }
        return List.of(search);
    }

    /** What comes along with these rows. */
    Answer included(String type, List<String> rows, List<Include> includes) {
        var form = new ArrayList<String>();
        form.add("_id="
                + String.join(
                        ",",
                        rows.stream()
                                .map(row -> row.substring(row.indexOf('/') + 1))
                                .toList()));
        includes.forEach(include -> form.add(include.name() + "=" + Search.encoded(include.value())));
        return ask(type, String.join("&", form));
    }

    private Answer ask(String type, String form) {
        var answer = post(
                "/" + type + "/_search", "application/x-www-form-urlencoded; charset=UTF-8", form + "&_count=1000");
        if (answer.statusCode() != 200) {
            return new Answer(Set.of(), Set.of(), answer.statusCode() + " " + answer.body());
        }
        var matches = new TreeSet<String>();
        var included = new TreeSet<String>();
        for (var entry : json(answer.body()).path("entry")) {
            var resource = entry.path("resource");
            var reference = resource.path("resourceType").asText() + "/"
                    + resource.path("id").asText();
            (entry.at("/search/mode").asText().equals("include") ? included : matches).add(reference);
        }
        return new Answer(matches, included, "");
    }

    private HttpResponse<String> post(String path, String contentType, String body) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create(base + path))
                            .timeout(TIMEOUT)
                            .header("Content-Type", contentType)
                            // Answered in one piece, and nothing kept for the next one who asks.
                            .header("Cache-Control", "no-store, max-results=1000")
                            .POST(BodyPublishers.ofString(body))
                            .build(),
                    BodyHandlers.ofString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static ValueSet valueSet(String url, List<Coding> codes) {
        var set = new ValueSet();
        set.setUrl(url).setStatus(PublicationStatus.ACTIVE).setId(url.substring(url.lastIndexOf('/') + 1));
        codes.stream().map(Coding::getSystem).distinct().forEach(system -> {
            var include = set.getCompose().addInclude().setSystem(system);
            codes.stream().filter(code -> code.getSystem().equals(system)).forEach(code -> include.addConcept()
                    .setCode(code.getCode()));
        });
        return set;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException notJson) {
            throw new AssertionError("not JSON: " + text, notJson);
        }
    }
}
