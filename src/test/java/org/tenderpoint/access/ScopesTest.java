package org.tenderpoint.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopesTest {

    @ParameterizedTest
    @CsvSource({
        "system/Patient.c, CREATE",
        "system/Patient.r, READ",
        "system/Patient.r, VREAD",
        "system/Patient.r, HISTORY",
        "system/Patient.u, UPDATE",
        "system/Patient.d, DELETE",
        "system/Patient.s, SEARCH"
    })
    void oneLetterAllowsItsInteractionsAndNoOther(String scope, Interaction interaction) {
        var scopes = Scopes.parse(List.of(scope));

        assertThat(scopes.allow(interaction, "Patient")).isTrue();
        assertThat(scopes.allow(interaction, "Observation")).isFalse();
        assertThat(scopes.allow(interaction == Interaction.SEARCH ? Interaction.READ : Interaction.SEARCH, "Patient"))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "system/*.read, system/*.rs",
        "system/*.write, system/*.cud",
        "system/*.*, system/*.cruds",
        "system/Patient.read, system/Patient.rs"
    })
    void wordsOfVersionOneMeanTheirLetters(String versionOne, String versionTwo) {
        assertThat(Scopes.parse(List.of(versionOne))).isEqualTo(Scopes.parse(List.of(versionTwo)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "openid",
                "system/Patient.",
                "system/Patient.sr",
                "system/Patient.rr",
                "system/Patient.rs?status=active",
                "system/*.rs?category=survey",
                "system/Observation.cud?category=survey",
                "system/Observation.rs?category=",
                "system/Observation.rs?category=a,b",
                "system/Observation.rs?category=a&category=b",
                "admin/*.rs",
                "system/patient.rs",
                "system/Patient.readwrite",
                "system/Patient.rs system/*.cruds",
                "SYSTEM/*.rs",
                " system/*.rs"
            })
    void whatIsNoResourceScopeAllowsNothing(String scope) {
        assertThat(Scopes.parse(List.of(scope)).allowed()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "system/*.cruds, system/*.rs, system/*.rs",
        "system/Patient.cruds, system/*.rs, system/Patient.rs",
        "system/*.rs, system/Patient.cruds, system/Patient.rs",
        "system/*.read, system/*.cruds, system/*.rs",
        "system/Patient.r, system/Patient.r, system/Patient.r"
    })
    void aClientThatAsksForMoreThanItHoldsGetsThePartItHolds(String asked, String held, String granted) {
        assertThat(Scopes.intersect(List.of(asked), List.of(held))).containsExactly(granted);
    }

    @Test
    void nothingIsLeftOfScopesThatDoNotMeet() {
        assertThat(Scopes.intersect(
                        List.of("system/Patient.cud", "system/Task.rs", "openid"), List.of("system/Patient.rs")))
                .isEmpty();
    }

    @Test
    void aWishForAllTypesIsCutToEachTypeHeld() {
        var granted = Scopes.intersect(List.of("system/*.cruds"), List.of("system/Patient.rs", "system/Task.u"));

        assertThat(granted).containsExactlyInAnyOrder("system/Patient.rs", "system/Task.u");
    }

    @ParameterizedTest
    @CsvSource({
        "system/Observation.rs?category=survey, system/*.cruds, system/Observation.rs?category=survey",
        "system/*.cruds, system/Observation.rs?category=urn:c|survey, system/Observation.rs?category=urn:c|survey",
        "system/Observation.cruds?category=survey, system/Observation.cruds, system/Observation.rs?category=survey",
        "system/Observation.rs?category=survey, system/Observation.r?category=urn:c|survey,"
                + "system/Observation.r?category=urn:c|survey",
        "patient/*.rs, patient/Observation.cruds, patient/Observation.rs",
        "user/Observation.rs, user/*.rs, user/Observation.rs"
    })
    void aGranularScopeStaysGranularAndAContextStaysThatContext(String asked, String held, String granted) {
        assertThat(Scopes.intersect(List.of(asked), List.of(held))).containsExactly(granted);
    }

    @ParameterizedTest
    @CsvSource({
        "system/Observation.rs?category=survey, system/Observation.rs?category=exam",
        "system/Observation.rs?category=urn:a|survey, system/Observation.rs?category=urn:b|survey",
        "system/Observation.c, system/Observation.rs?category=survey",
        "patient/Observation.rs, user/Observation.rs",
        "user/*.rs, system/*.rs"
    })
    void whatIsAskedForInOneRegionIsNotGivenInAnother(String asked, String held) {
        assertThat(Scopes.intersect(List.of(asked), List.of(held))).isEmpty();
    }

    @Test
    void whatAnotherGrantedScopeIncludesIsNotNamedTwice() {
        assertThat(Scopes.intersect(
                        List.of("system/*.rs", "system/Patient.r", "system/Observation.rs?category=survey"),
                        List.of("system/*.cruds")))
                .containsExactly("system/*.rs");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "system/Observation.rs; ",
                "system/Observation.rs?category=survey; survey",
                "system/Observation.rs?category=survey system/*.rs; ",
                "system/Observation.rs?category=a system/Observation.rs?category=b; a,b",
                "system/Observation.r?category=a system/Observation.s?category=b; none",
                "system/Observation.r system/Observation.s?category=b; b",
                "patient/Observation.rs; patient",
                "patient/Observation.rs user/Observation.rs?category=a; patient,a",
                "patient/Observation.rs?category=a; patient a",
                "patient/Observation.c; patient",
                "system/Observation.c; "
            })
    void aTokenIsConfinedToWhatAllItsLettersCover(String scopes, String regions) {
        var confinement = Scopes.parse(List.of(scopes.split(" "))).confinement("Observation");

        var described = confinement.map(found -> found.isEmpty()
                ? List.of("none")
                : found.stream()
                        .map(region -> ((region.ofPatient() ? "patient " : "")
                                        + (region.category() == null ? "" : region.category()))
                                .strip())
                        .toList());
        if (regions == null) {
            assertThat(described).isEmpty();
        } else {
            assertThat(described.orElseThrow()).containsExactlyInAnyOrder(regions.split(","));
        }
    }

    @Test
    void scopesOfAnotherContextThanTheCallersMeanNothing() {
        var scopes = Scopes.parse(List.of("system/Patient.rs", "user/Task.rs", "patient/Goal.rs"));
        var id = UUID.randomUUID();

        var system = new Caller("c", Role.EHR, id, scopes);
        var person = new Caller("c", Role.CLINIC, id, scopes, "Practitioner/1", null);
        var patient = new Caller("c", Role.PATIENT, null, scopes, "Patient/" + id, id);

        assertThat(types(system)).containsExactly("Patient");
        assertThat(types(person)).containsExactly("Task");
        assertThat(types(patient)).containsExactlyInAnyOrder("Task", "Goal");
        assertThat(patient.grantee()).isEqualTo(id);
    }

    private static List<String> types(Caller caller) {
        return caller.scopes().allowed().stream().map(Scope::type).toList();
    }
}
