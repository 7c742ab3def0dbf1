package org.tenderpoint.server;

import ca.uhn.fhir.interceptor.api.Hook;
import ca.uhn.fhir.interceptor.api.Interceptor;
import ca.uhn.fhir.interceptor.api.Pointcut;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.springframework.stereotype.Component;

/** Takes back the total that HAPI gives to a Bundle without one: it counts the page, not the matches. */
@Component
@Interceptor
public class TotalsInterceptor {

    private static final String UNKNOWN = "tenderpoint.total.unknown";

    /** Marks a Bundle whose total is not known. */
    public static void leaveOut(Bundle bundle) {
        bundle.setUserData(UNKNOWN, true);
    }

    /** Just before the answer is written. */
    @Hook(Pointcut.SERVER_OUTGOING_RESPONSE)
    public boolean answer(IBaseResource resource) {
        if (resource instanceof Bundle bundle && bundle.hasUserData(UNKNOWN)) {
            bundle.setTotalElement(null);
        }
        return true;
    }
}
