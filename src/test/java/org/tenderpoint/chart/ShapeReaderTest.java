package org.tenderpoint.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jooq.SQLDialect;
import org.jooq.conf.ParamType;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tenderpoint.access.Caller;
import org.tenderpoint.access.Role;
import org.tenderpoint.access.Scopes;

class ShapeReaderTest {

    private static final Caller CLINIC = new Caller("clinic", Role.CLINIC, UUID.randomUUID(), Scopes.ALL_SYSTEM);
    private static final Caller EHR = new Caller("ehr", Role.EHR, UUID.randomUUID(), Scopes.ALL_SYSTEM);

    private static final ChartProperties PROPERTIES =
            new ChartProperties(Duration.ofDays(90), Duration.ofSeconds(10), true, false, Path.of("unused"), false);

    private final Visibility visibility = new Visibility(Clock.systemUTC(), ParamIds.ofDeclared(), PROPERTIES);
    private final ValueSets valueSets = new ValueSets();

    /** A search that was read, and what its statement says. */
    private record Read(Shape shape, Map<String, Object> values, String text) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "code=http://loinc.org|72514-3 # code=http://snomed.info/sct|22253000",
                "date=ge2026-03-01 # date=ge2025-12-31T10:00:00Z",
                "value-quantity=gt5.4|http://unitsofmeasure.org|mg # value-quantity=gt17|urn:a:3|cm",
                "patient=Patient/8c1f2ab4-7d2e-4a8e-8a3e-2f4d4b2f9a10 # patient=Patient/0b7e2c15-93f4-4be5-b0a1-6f0a0f4f7a01",
                "code=a,b # code=c,d",
                "_id=8c1f2ab4-7d2e-4a8e-8a3e-2f4d4b2f9a10 # _id=0b7e2c15-93f4-4be5-b0a1-6f0a0f4f7a01",
                "_lastUpdated=lt2026-01-01 # _lastUpdated=lt2027-01-01",
                "_source:below=https://a.example.org # _source:below=urn:b:5",
                "subject:Patient.name=Mull # subject:Patient.name=Ana_1%",
                "code-value-quantity=72514-3$gt5 # code-value-quantity=72514-4$gt6"
            })
    void searchesThatDifferInTheirValuesAloneShareTextAndNotValues(String one, String other) {
        var first = read(CLINIC, one);
        var second = read(CLINIC, other);

        assertThat(first.shape).isEqualTo(second.shape);
        assertThat(first.text).isEqualTo(second.text);
        assertThat(first.values.keySet()).isEqualTo(second.values.keySet());
        assertThat(first.values).isNotEqualTo(second.values);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "code=72514-3 # code=http://loinc.org|72514-3",
                "code=|72514-3 # code=72514-3",
                "code=http://loinc.org| # code=72514-3",
                "code=a # code=a,b",
                "code=a # code:not=a",
                "date=ge2026 # date=gt2026",
                "value-quantity=5 # value-quantity=5||mg",
                "value-quantity=5||mg # value-quantity=5|http://unitsofmeasure.org|mg",
                "_source=urn:a # _source:below=urn:a",
                "code:missing=true # code:missing=false",
                "subject:Patient.name=Mull # subject:Patient.family=Mull",
                "patient=Patient/8c1f2ab4-7d2e-4a8e-8a3e-2f4d4b2f9a10 # patient=Patient/1",
                "code=a&_sort=date # code=a&_sort=-date",
                "code=a&_count=5 # code=a&_count=6"
            })
    void searchesThatMeanDifferentStatementsHaveDifferentShapes(String one, String other) {
        var first = read(CLINIC, one);
        var second = read(CLINIC, other);

        assertThat(first.text).isNotEqualTo(second.text);
        assertThat(first.shape).isNotEqualTo(second.shape);
    }

    @Test
    void textHoldsNoValue() {
        var read = read(
                CLINIC,
                "code=http://loinc.org|VALUE1,VALUE2&subject:Patient.name=VALUE3&_source:above=urn:VALUE4"
                        + "&value-quantity=47110815&date=le1999-09-09&encounter=8c1f2ab4-7d2e-4a8e-8a3e-2f4d4b2f9a10");

        assertThat(read.text)
                .doesNotContainIgnoringCase("VALUE1", "VALUE2", "VALUE3", "VALUE4", "47110815", "1999-09", "8c1f2ab4");
    }

    @Test
    void textDiffersWithTheCallersRoleAndNotWithTheCaller() {
        var search = "code=72514-3";
        var otherClinic = new Caller("other", Role.CLINIC, UUID.randomUUID(), Scopes.ALL_SYSTEM);

        assertThat(read(CLINIC, search).text).isEqualTo(read(otherClinic, search).text);
        assertThat(read(CLINIC, search).text).isNotEqualTo(read(EHR, search).text);
        assertThat(Visibility.kind(CLINIC))
                .isEqualTo(Visibility.kind(otherClinic))
                .isNotEqualTo(Visibility.kind(EHR));
    }

    private Read read(Caller caller, String search) {
        var sql = DSL.using(SQLDialect.POSTGRES);
        var indexes = new Indexes(ParamIds.ofDeclared());
        var binds = new Binds(visibility.values(caller));
        var parameters = new HashMap<String, String[]>();
        for (var parameter : search.split("&", -1)) {
            var parts = parameter.split("=", 2);
            parameters.put(parts[0], new String[] {parts[1]});
        }
        var query = QueryReader.read(RecordTypes.require("Observation"), parameters);
        var shape = new ShapeReader(caller, binds, valueSets).read(query);
        var includes = new Includes(new Statements(sql), visibility, indexes, 1);
        var texts = new SearchTexts(sql, visibility, indexes, includes, valueSets);
        return new Read(shape, binds.values(), texts.page(caller, shape, false).getSQL(ParamType.NAMED));
    }
}
