package org.tenderpoint.guard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Reads an answer as far as it may be long, and hangs up where it is longer; of one that nobody wants, nothing. */
final class SmallBody implements BodySubscriber<byte[]> {

    private final int largest;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
    private @Nullable Subscription body;

    /** @param largest how many bytes; 0 for a body that is not read */
    SmallBody(int largest) {
        this.largest = largest;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        body = subscription;
        if (largest == 0) {
            subscription.cancel();
            whole.complete(new byte[0]);
        } else {
            subscription.request(Long.MAX_VALUE);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> pieces) {
        for (var piece : pieces) {
            if (read.size() + piece.remaining() > largest) {
                if (body != null) {
                    body.cancel();
                }
                whole.completeExceptionally(new IOException("larger than " + largest + " bytes"));
                return;
            }
            var bytes = new byte[piece.remaining()];
            piece.get(bytes);
            read.writeBytes(bytes);
        }
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        whole.complete(read.toByteArray());
    }
}
