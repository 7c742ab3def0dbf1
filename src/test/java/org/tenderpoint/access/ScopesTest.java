package org.tenderpoint.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
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
                "patient/Patient.rs",
                "user/*.cruds",
                "system/Patient.",
                "system/Patient.sr",
                "system/Patient.rr",
                "system/Patient.rs?status=active",
                "system/patient.rs",
                "system/Patient.readwrite",
                "system/Patient.rs system/*.cruds",
                "SYSTEM/*.rs",
                " system/*.rs"
            })
    void whatIsNoSystemScopeAllowsNothing(String scope) {
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
}
