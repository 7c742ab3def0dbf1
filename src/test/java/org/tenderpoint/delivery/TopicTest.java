package org.tenderpoint.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.hl7.fhir.r4.model.Subscription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.tenderpoint.chart.Subscribers;

/** Every topic can be noticed, and searched for. */
class TopicTest {

    @ParameterizedTest
    @EnumSource
    void changesOfItsTypeAreNoticedAndItsSearchIsOneOfOurs(Topic topic) {
        assertThat(Subscribers.noticedTypes()).contains(topic.type());
        assertThat(Topic.of(topic.url())).contains(topic);
        assertThat(Filters.search(topic, new Subscription(), "Subscription"))
                .containsOnlyKeys(topic.matches().keySet());
    }

    @Test
    void everythingThatIsNoticedHasATopic() {
        assertThat(Topic.values()).extracting(Topic::type).containsAll(Subscribers.noticedTypes());
    }
}
