package org.tenderpoint.demo;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Resource;

/** The demonstration's Bundles for tests of other rooms. */
public final class DemoFixtures {

    private DemoFixtures() {}

    /** All Bundles that the demonstration sends if it starts on that day. */
    public static Stream<Resource> resources(LocalDate today) {
        var bundles = new DemoBundles(today);
        return Stream.concat(Stream.of(bundles.directory()), Course.ALL.stream().flatMap(course -> Stream.of(
                        List.of(bundles.referral(course)),
                        bundles.history(course).stream().toList(),
                        bundles.plan(course).stream().toList(),
                        bundles.sessions(course))
                .flatMap(List::stream)));
    }
}
