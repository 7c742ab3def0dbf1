package org.tenderpoint.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.VMOption;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.InitializingBean;

/**
 * Lets the heap shrink while nobody asks for anything: the collector of the JVM gives back what a start or a busy hour has
 * needed only when it runs, and on an idle server it does not run. What was set on the command line stands.
 *
 * @see <a href="https://openjdk.org/jeps/346">JEP 346: Promptly Return Unused Committed Memory from G1</a>
 */
final class IdleHeap implements InitializingBean {

    private static final Logger log = LoggerFactory.getLogger(IdleHeap.class);

    /** After how many milliseconds without a collection there is one, and how much of the heap is free behind it, in percent. */
    private static final Map<String, String> OPTIONS =
            Map.of("G1PeriodicGCInterval", "15000", "MinHeapFreeRatio", "20", "MaxHeapFreeRatio", "50");

    @Override
    public void afterPropertiesSet() {
        var machine = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        OPTIONS.forEach((name, value) -> {
            try {
                if (machine.getVMOption(name).getOrigin() == VMOption.Origin.DEFAULT) {
                    machine.setVMOption(name, value);
                }
            } catch (IllegalArgumentException notOfThisMachine) {
                log.debug("this JVM has no {}", name);
            }
        });
    }
}
