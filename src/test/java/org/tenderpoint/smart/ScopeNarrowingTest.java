package org.tenderpoint.smart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;

class ScopeNarrowingTest {

    @Test
    void moreThanRegisteredIsCutToWhatIsRegistered() {
        assertThat(ScopeNarrowing.granted(Set.of("system/*.cruds"), Set.of("system/*.rs")))
                .containsExactly("system/*.rs");
    }

    @Test
    void noScopeMeansAllThatIsRegistered() {
        assertThat(ScopeNarrowing.granted(Set.of(), Set.of("system/Patient.read", "system/Task.cru")))
                .containsExactlyInAnyOrder("system/Patient.rs", "system/Task.cru");
    }

    @Test
    void nothingLeftIsAnInvalidScope() {
        assertThatThrownBy(() -> ScopeNarrowing.granted(Set.of("system/*.cud", "openid"), Set.of("system/*.rs")))
                .isInstanceOfSatisfying(OAuth2AuthenticationException.class, refused -> assertThat(
                                refused.getError().getErrorCode())
                        .isEqualTo(OAuth2ErrorCodes.INVALID_SCOPE));
    }
}
