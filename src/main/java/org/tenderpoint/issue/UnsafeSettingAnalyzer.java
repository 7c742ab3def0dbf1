package org.tenderpoint.issue;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says at the end of a start that was refused what to change, in the place of a stack trace. */
final class UnsafeSettingAnalyzer extends AbstractFailureAnalyzer<UnsafeSetting> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnsafeSetting cause) {
        return new FailureAnalysis(cause.problem(), cause.remedy(), cause);
    }
}
