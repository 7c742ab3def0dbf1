package org.tenderpoint.chart;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.fhirpath.IFhirPath;
import ca.uhn.fhir.fhirpath.IFhirPathEvaluationContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IIdType;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.tenderpoint.chart.OfficialParams.Official;
import org.tenderpoint.demo.DemoFixtures;

/**
 * The typed getters against the FHIRPath of the official definitions: on every fixture, every profile example, the whole
 * demonstration and the stored Synthea patients both have to fill the index with the same rows.
 */
class ExtractorsTest {

    private static final FhirContext FHIR = FhirContext.forR4Cached();
    private static final Path FIXTURES = Path.of("src/test/resources");
    private static final Path EXAMPLES = Path.of("profiles/fsh-generated/resources");

    /** A parameter of each kind that has rows, under whose number all of that kind are compared. */
    private static final Map<SearchParamType, String> LIKE = Map.of(
            SearchParamType.TOKEN, "Observation.code",
            SearchParamType.REFERENCE, "Observation.encounter",
            SearchParamType.DATE, "Observation.date",
            SearchParamType.QUANTITY, "Observation.value-quantity",
            SearchParamType.STRING, "Observation.value-string",
            SearchParamType.URI, "DocumentReference.location");

    /** Parameters that some resource here has a value for; of the others the comparison says nothing. */
    private static final int AT_LEAST_COMPARED = 120;

    @Test
    void gettersFindWhatTheOfficialExpressionsFind() {
        var resources = resources();
        var paths = FHIR.newFhirPath();
        paths.setEvaluationContext(new ByTypeAlone());
        var expressions = new HashMap<String, IFhirPath.IParsedExpression>();
        var numbers = ParamIds.ofDeclared();
        var different = new TreeSet<String>();
        var compared = new TreeSet<String>();

        for (var official : OfficialParams.all()) {
            var param = RecordTypes.find(official.type()).flatMap(type -> type.param(official.name()));
            if (param.isEmpty() || official.kind() == SearchParamType.COMPOSITE) {
                continue;
            }
            var name = official.type() + "." + official.name();
            for (var resource : resources.getOrDefault(official.type(), List.of())) {
                var expected = official(paths, official, resource, expressions);
                var type = RecordTypes.require(official.type());
                var wanted = rows(numbers, param.get(), List.of(bases(expected)));
                var found = rows(numbers, param.get(), values(type, param.get(), resource));
                if (!wanted.equals(found)) {
                    different.add(name + ": " + wanted + " but " + found);
                }
                if (!wanted.isEmpty()) {
                    compared.add(name);
                }
            }
        }

        assertThat(different).isEmpty();
        assertThat(compared).hasSizeGreaterThan(AT_LEAST_COMPARED);
    }

    /** The values of a parameter, those of its members where it has none of its own, without the parts they stand in. */
    private static List<List<Base>> values(RecordType<?> type, SearchParam<?> param, Resource resource) {
        if (param.source() == SearchParam.Source.ANY_MEMBER) {
            return List.of(param.members().stream()
                    .flatMap(member -> values(type, type.param(member).orElseThrow(), resource).get(0).stream())
                    .filter(value -> param.targets().isEmpty()
                            || param.targets()
                                    .contains(value.getNamedProperty("reference")
                                            .getValues()
                                            .get(0)
                                            .primitiveValue()
                                            .split("/", -1)[0]))
                    .toList());
        }
        return List.of(param.valuesOf(resource).stream()
                .flatMap(part -> part.stream().map(Base.class::cast))
                .toList());
    }

    /** The index rows that values lead to, without what they begin with. */
    private static Set<String> rows(ParamIds numbers, SearchParam<?> param, List<List<Base>> values) {
        var rows = new IndexRows(numbers);
        var canonical = param.source() == SearchParam.Source.CANONICAL;
        var holder = RecordTypes.require(
                canonical ? "QuestionnaireResponse" : LIKE.get(param.kind()).split("\\.", 2)[0]);
        var like = holder.param(
                        canonical ? "questionnaire" : LIKE.get(param.kind()).split("\\.", 2)[1])
                .orElseThrow();
        rows.add(
                holder,
                like,
                values,
                1,
                reference -> reference.contains("/") ? Long.valueOf(reference.hashCode()) : null);
        var all = new TreeSet<String>();
        Stream.of(rows.tokens, rows.references, rows.dates, rows.quantities, rows.strings, rows.uris)
                .flatMap(List::stream)
                .forEach(row -> all.add(Arrays.toString(Arrays.copyOfRange(row, 3, row.length))));
        return all;
    }

    // Each alternative by itself: to join them the engine would compare quantities, for which it lacks UCUM.
    private static List<IBase> official(
            IFhirPath paths, Official official, Resource resource, Map<String, IFhirPath.IParsedExpression> parsed) {
        return Arrays.stream(official.expression().split(" \\| ", -1))
                .map(text -> parsed.computeIfAbsent(text, unknown -> parse(paths, unknown)))
                .flatMap(expression -> paths.evaluate(resource, expression, IBase.class).stream())
                .toList();
    }

    private static IFhirPath.IParsedExpression parse(IFhirPath paths, String text) {
        try {
            return paths.parse(text);
        } catch (Exception e) {
            throw new AssertionError(text, e);
        }
    }

    private static List<Base> bases(List<IBase> found) {
        return found.stream().map(Base.class::cast).toList();
    }

    /** Knows of a reference's target what the reference says: its type. */
    private static final class ByTypeAlone implements IFhirPathEvaluationContext {
        @Override
        public @Nullable IBase resolveReference(IIdType reference, @Nullable IBase context) {
            return reference.getResourceType() == null
                    ? null
                    : FHIR.getResourceDefinition(reference.getResourceType()).newInstance();
        }
    }

    private static Map<String, List<Resource>> resources() {
        var byType = new HashMap<String, List<Resource>>();
        Stream.of(fixtures(FIXTURES), fixtures(EXAMPLES), DemoFixtures.resources(LocalDate.of(2026, 4, 1)), synthea())
                .flatMap(resources -> resources)
                .flatMap(ExtractorsTest::withEntries)
                .forEach(resource -> byType.computeIfAbsent(resource.fhirType(), type -> new ArrayList<>())
                        .add(resource));
        return byType;
    }

    /** A resource and, where it is a Bundle, what is in it, with references as the chart rewrites them. */
    private static Stream<Resource> withEntries(Resource resource) {
        if (!(resource instanceof Bundle bundle)) {
            return Stream.of(resource);
        }
        var byUrl = new HashMap<String, String>();
        bundle.getEntry().stream()
                .filter(entry -> entry.hasResource())
                .forEach(entry ->
                        byUrl.put(entry.getFullUrl(), entry.getResource().fhirType() + "/1"));
        for (var entry : bundle.getEntry()) {
            if (entry.hasResource()) {
                References.in(entry.getResource()).references().forEach(found -> {
                    var text = found.reference().getReference();
                    found.reference().setReference(byUrl.getOrDefault(text, text.replaceFirst("\\?.*", "/1")));
                });
            }
        }
        return Stream.concat(
                Stream.of(resource),
                bundle.getEntry().stream().filter(entry -> entry.hasResource()).map(entry -> entry.getResource()));
    }

    private static Stream<Resource> fixtures(Path folder) {
        try (var files = Files.walk(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    // Tables of cases, which hold resources and are none.
                    .filter(file -> !file.startsWith(FIXTURES.resolve("bad-input")))
                    .filter(file -> !file.startsWith(FIXTURES.resolve("org/tenderpoint/screening")))
                    .sorted()
                    .map(ExtractorsTest::read)
                    .filter(text -> text.contains("\"resourceType\""))
                    .map(ExtractorsTest::parse)
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Resource> synthea() {
        try (var lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(FIXTURES.resolve("synthea/adults.ndjson.gz"))),
                StandardCharsets.UTF_8))) {
            return lines.lines().map(ExtractorsTest::parse).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Resource parse(String json) {
        return (Resource) FHIR.newJsonParser()
                .parseResource(json.replaceAll("\\{\\{[a-z-]+}}", "00000000-0000-4000-8000-000000000001"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
