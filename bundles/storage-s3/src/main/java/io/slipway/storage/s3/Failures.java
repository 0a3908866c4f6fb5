package io.slipway.storage.s3;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;

/**
 * Says what the store or the SDK has refused: which backend, which object, and the cure. Nothing of what the store has
 * written goes on but the code of its error: a store may repeat what it was sent.
 */
final class Failures {

    static final String NO_SUCH_BUCKET = "NoSuchBucket";

    private static final String REGION = "mend region";
    private static final String AGAIN = "the store has too much to do or is not well: look there, and try again";
    private static final String CLOCK = "set the clock of this machine, or of the store, for example with NTP";

    /** What to do about an error's code (S3 API Reference, "Error responses"). */
    private static final Map<String, String> BY_CODE = Map.ofEntries(
            Map.entry(NO_SUCH_BUCKET, "make that bucket, or mend bucket"),
            Map.entry("NoSuchKey", "it was removed, or the prefix is another one"),
            Map.entry("InvalidAccessKeyId", "mend what accessKey refers to"),
            Map.entry("SignatureDoesNotMatch", "mend what secretKey refers to"),
            Map.entry("ExpiredToken", "renew the credentials"),
            Map.entry("InvalidToken", "renew the credentials"),
            Map.entry("RequestTimeTooSkewed", CLOCK),
            Map.entry("AuthorizationHeaderMalformed", REGION),
            Map.entry("PermanentRedirect", REGION),
            Map.entry("TemporaryRedirect", REGION),
            Map.entry("IllegalLocationConstraintException", REGION),
            Map.entry("SlowDown", AGAIN),
            Map.entry("ServiceUnavailable", AGAIN),
            Map.entry("InternalError", AGAIN),
            Map.entry("QuotaExceeded", "make room in the store"),
            Map.entry("EntityTooSmall", "raise partSize"),
            Map.entry("NotImplemented", "this store lacks what is needed: take another one"));

    private static final String NO_HTTP = "Invalid Http response";
    private static final Pattern CODE = Pattern.compile("[A-Za-z][A-Za-z.]{0,63}");
    private static final Pattern REGION_NAME = Pattern.compile("[a-z0-9-]{1,63}");

    private final Settings settings;

    Failures(Settings settings) {
        this.settings = settings;
    }

    /** What the SDK has thrown. */
    IOException of(String doing, String key, RuntimeException thrown) {
        if (thrown instanceof AwsServiceException refusal) {
            return failure(doing, key, answer(refusal));
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof MissingSecretException) {
                return failure(doing, key, cause.getMessage());
            }
            if (cause instanceof AbortedException) {
                return failure(doing, key, "it was stopped, as this backend is; try again");
            }
            Optional<String> reason = connection(cause);
            if (reason.isPresent()) {
                return new IOException(text(doing, key, reason.get()), cause);
            }
        }
        String said = String.valueOf(thrown.getMessage());
        if (said.contains("Unable to load credentials")) {
            return failure(
                    doing,
                    key,
                    "there are no credentials; set accessKey and secretKey in " + settings.place()
                            + ", or give the SDK some, as AWS_ACCESS_KEY_ID or otherwise");
        }
        return garbage(doing, key);
    }

    /** What an error's code would say, of which the store has told only the status. */
    IOException ofCode(String doing, String key, String code) {
        return failure(doing, key, code + "; " + cure(code, 0));
    }

    /** What answers is no object store. */
    IOException garbage(String doing, String key) {
        return failure(
                doing,
                key,
                "the answer is not one of S3's; mend endpoint in " + settings.place() + ", or look what answers there");
    }

    IOException failure(String doing, String key, String reason) {
        return new IOException(text(doing, key, reason));
    }

    private String text(String doing, String key, String reason) {
        return "S3 storage " + settings.name() + " cannot " + doing + " " + settings.location(key) + ": " + reason;
    }

    private String answer(AwsServiceException refusal) {
        Optional<AwsErrorDetails> details = Optional.ofNullable(refusal.awsErrorDetails());
        String code = details.map(AwsErrorDetails::errorCode)
                .filter(text -> CODE.matcher(text).matches())
                .orElse("");
        String region = details.map(AwsErrorDetails::sdkHttpResponse)
                .flatMap(response -> response.firstMatchingHeader("x-amz-bucket-region"))
                .filter(text -> REGION_NAME.matcher(text).matches() && !text.equals(settings.region()))
                .map(text -> " (the bucket is in " + text + ")")
                .orElse("");
        return "HTTP " + refusal.statusCode() + (code.isEmpty() ? "" : " " + code) + "; "
                + cure(region.isEmpty() ? code : "PermanentRedirect", refusal.statusCode()) + region;
    }

    private String cure(String code, int status) {
        String cure = BY_CODE.getOrDefault(code, byStatus(status));
        return cure.startsWith("mend ") || cure.contains(", or mend ") || cure.startsWith("raise ")
                ? cure + " in " + settings.place()
                : cure;
    }

    /** An answer to HEAD has a status only. */
    private String byStatus(int status) {
        return switch (status) {
            case 301, 307 -> REGION;
            case 400 -> "if region is right in " + settings.place() + ", " + CLOCK;
            case 401, 403 ->
                "allow what accessKey in " + settings.place() + " stands for to do this: s3:ListBucket,"
                        + " s3:GetObject, and if it is not readOnly s3:PutObject, s3:DeleteObject,"
                        + " s3:AbortMultipartUpload and s3:ListBucketMultipartUploads";
            case 404 -> "it was removed, or the prefix is another one";
            case 405, 501 -> "this store lacks what is needed: take another one";
            case 429, 500, 502, 503, 504 -> AGAIN;
            case 507 -> "make room in the store";
            default -> "look into the store's log";
        };
    }

    private Optional<String> connection(Throwable cause) {
        if (cause instanceof UnknownHostException) {
            return Optional.of("its host name is not known; mend endpoint or region in " + settings.place()
                    + ", or this machine's DNS");
        }
        if (cause instanceof SocketTimeoutException) {
            return Optional.of("no answer within " + settings.timeout().toSeconds()
                    + " s; look at the store and the network, or raise timeout in " + settings.place());
        }
        if (cause instanceof ConnectException || cause instanceof NoRouteToHostException) {
            return Optional.of("no connection (" + cause.getMessage() + "); start the store, or mend endpoint in "
                    + settings.place());
        }
        if (cause instanceof SSLException) {
            return Optional.of("no trust (" + cause.getMessage() + "); name the certificate of those who vouch for it"
                    + " with caFile in " + settings.place());
        }
        // With a line that is no status line the JDK names no class of its own.
        boolean isBroken = cause instanceof IOException
                && !String.valueOf(cause.getMessage()).contains(NO_HTTP);
        return isBroken
                ? Optional.of("the connection broke (" + cause.getMessage() + "); look at the store and the network")
                : Optional.empty();
    }
}
