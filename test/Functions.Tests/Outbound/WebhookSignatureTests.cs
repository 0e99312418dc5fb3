using FairShare.Functions.Outbound;

namespace FairShare.Functions.Tests.Outbound;

public sealed class WebhookSignatureTests
{
    // The specification's own example.
    [Fact]
    public void Sign_TheExampleOfTheSpecification_IsItsSignature()
    {
        var key = Convert.FromBase64String("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
        var body = """{"test": 2432232314}"""u8.ToArray();

        var signature = WebhookSignature.Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", body, [key]);

        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", signature);
        Assert.Equal("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", WebhookSignature.WriteSecret(key));
    }

    [Fact]
    public void Sign_WithTwoKeys_HasTheSignaturesOfBoth()
    {
        byte[][] keys = [new byte[32], [.. Enumerable.Repeat((byte)1, 32)]];
        var both = WebhookSignature.Sign("a", "1", [1], keys).Split(' ');
        Assert.Equal([WebhookSignature.Sign("a", "1", [1], [keys[0]]), WebhookSignature.Sign("a", "1", [1], [keys[1]])], both);
    }
}
