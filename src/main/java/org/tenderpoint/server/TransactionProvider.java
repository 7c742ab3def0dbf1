package org.tenderpoint.server;

import ca.uhn.fhir.rest.annotation.Transaction;
import ca.uhn.fhir.rest.annotation.TransactionParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import org.hl7.fhir.r4.model.Bundle;
import org.springframework.stereotype.Component;

/** The system endpoint that takes transaction and batch Bundles. */
@Component("bundleProvider")
public class TransactionProvider implements FhirProvider {

    private final Transactions transactions;

    TransactionProvider(Transactions transactions) {
        this.transactions = transactions;
    }

    /** Answers a Bundle of type transaction or batch with one of type transaction-response or batch-response. */
    @Transaction
    public Bundle transaction(@TransactionParam Bundle bundle, RequestDetails request) {
        var returning = Returning.of(request.getHeaders("Prefer"), Returning.MINIMAL);
        return transactions.carryOut(Callers.current(), bundle, returning, request.getFhirServerBase());
    }
}
