package org.tenderpoint.demo;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** The heap that starting and loading have filled and that serving does not need. */
final class SpareHeap {

    private static final String LEAST_FREE = "MinHeapFreeRatio";
    private static final String MOST_FREE = "MaxHeapFreeRatio";

    private SpareHeap() {}

    /**
     * Hands it back to the system, once. Only a full collection does so, and leaves more than twice of what is in use beside it
     * unless it is told otherwise. Told so for good, the JVM would collect under load instead of growing.
     */
    static void handBack() {
        var jvm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        if (jvm == null) {
            System.gc();
            return;
        }
        var least = set(jvm, LEAST_FREE, "10");
        var most = set(jvm, MOST_FREE, "20");
        System.gc();
        set(jvm, MOST_FREE, most);
        set(jvm, LEAST_FREE, least);
    }

    /** @return what it was before; nothing where this JVM does not know the option or does not let it be changed */
    private static @Nullable String set(HotSpotDiagnosticMXBean jvm, String option, @Nullable String value) {
        try {
            var before = jvm.getVMOption(option).getValue();
            if (value != null) {
                jvm.setVMOption(option, value);
            }
            return before;
        } catch (IllegalArgumentException notHere) {
            return null;
        }
    }
}
