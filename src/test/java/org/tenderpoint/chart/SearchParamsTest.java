package org.tenderpoint.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.tenderpoint.chart.OfficialParams.Official;

/** The one table of search parameters against the official definitions: nothing is silently absent. */
class SearchParamsTest {

    private static final Set<String> OF_EVERY_TYPE = Set.of("Resource", "DomainResource");

    private static final Pattern LEFT_OUT = Pattern.compile("(?m)^\\| `(\\w+)\\.([\\w-]+)` \\| .{20,} \\|$");

    @Test
    void everyOfficialParameterIsDeclaredOrListedWithAReason() throws IOException {
        var leftOut = leftOut();

        var missing = new TreeSet<String>();
        for (var official : OfficialParams.all()) {
            var name = official.type() + "." + official.name();
            if (isOurs(official) && !isDeclared(official) && !leftOut.contains(name)) {
                missing.add(name);
            }
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void declaredParametersHaveTheOfficialType() {
        var differing = new TreeSet<String>();
        for (var official : OfficialParams.all()) {
            RecordTypes.find(official.type())
                    .flatMap(type -> type.param(official.name()))
                    .filter(param -> param.kind() != official.kind())
                    .ifPresent(param -> differing.add(official + " is " + param.kind()));
        }

        assertThat(differing).isEmpty();
    }

    @Test
    void whatIsListedAsLeftOutIsOfficialAndNotDeclared() throws IOException {
        var official = new HashSet<String>();
        OfficialParams.all().forEach(param -> official.add(param.type() + "." + param.name()));

        assertThat(leftOut()).isNotEmpty().allSatisfy(name -> {
            assertThat(official).contains(name);
            var parts = name.split("\\.", 2);
            assertThat(RecordTypes.find(parts[0]).flatMap(type -> type.param(parts[1])))
                    .as(name)
                    .isEmpty();
        });
    }

    @Test
    void ownParametersAreFew() {
        var official = new HashSet<String>();
        OfficialParams.all().forEach(param -> official.add(param.type() + "." + param.name()));
        var own = new TreeSet<String>();
        for (var type : RecordTypes.all()) {
            type.params().forEach(param -> own.add(type.name() + "." + param.name()));
        }
        own.removeAll(official);

        // Every other clinical type has it, and clients ask for it without looking.
        assertThat(own).containsExactly("AdverseEvent.patient");
    }

    @Test
    void everyParameterSaysWhatItIs() {
        for (var type : RecordTypes.all()) {
            assertThat(type.params())
                    .allSatisfy(param -> assertThat(param.documentation()).isNotBlank());
        }
    }

    private static boolean isOurs(Official official) {
        return OF_EVERY_TYPE.contains(official.type())
                || RecordTypes.find(official.type()).isPresent();
    }

    private static boolean isDeclared(Official official) {
        return OF_EVERY_TYPE.contains(official.type())
                ? QueryReader.isOfEveryType(official.name())
                : RecordTypes.require(official.type()).param(official.name()).isPresent();
    }

    private static Set<String> leftOut() throws IOException {
        var names = new TreeSet<String>();
        LEFT_OUT.matcher(Files.readString(Path.of("docs/spec-notes.md")))
                .results()
                .forEach(row -> names.add(row.group(1) + "." + row.group(2)));
        return names;
    }
}
