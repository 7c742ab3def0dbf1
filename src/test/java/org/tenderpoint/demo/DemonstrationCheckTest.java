package org.tenderpoint.demo;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.env.MockEnvironment;
import org.tenderpoint.issue.UnsafeSetting;

class DemonstrationCheckTest {

    @Test
    void demonstrationOnTheLoopbackAddressRuns() {
        var environment = new MockEnvironment().withProperty("server.address", "127.0.0.1");

        assertThatCode(() -> new DemonstrationCheck(environment).afterPropertiesSet())
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.0.0.0", "192.0.2.7"})
    void demonstrationOnAnAddressThatOthersReachIsRefused(String address) {
        var environment = new MockEnvironment().withProperty("server.address", address);

        assertThatThrownBy(() -> new DemonstrationCheck(environment).afterPropertiesSet())
                .isInstanceOf(UnsafeSetting.class)
                .hasMessageContaining("server.address");
    }

    @Test
    void demonstrationUnderAPublicUrlIsRefused() {
        var environment = new MockEnvironment()
                .withProperty("server.address", "127.0.0.1")
                .withProperty("tenderpoint.base-url", "https://192.0.2.7");

        assertThatThrownBy(() -> new DemonstrationCheck(environment).afterPropertiesSet())
                .isInstanceOf(UnsafeSetting.class)
                .hasMessageContaining("tenderpoint.base-url");
    }

    @Test
    void demonstrationTogetherWithProductionIsRefused() {
        var environment = new MockEnvironment().withProperty("server.address", "127.0.0.1");
        environment.setActiveProfiles("demonstration", "production");

        assertThatThrownBy(() -> new DemonstrationCheck(environment).afterPropertiesSet())
                .isInstanceOf(UnsafeSetting.class)
                .hasMessageContaining("production");
    }
}
