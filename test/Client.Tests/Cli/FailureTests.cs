using FairShare.Cli.Output;
using FairShare.Client.Http;
using FairShare.Client.Parties;

namespace FairShare.Client.Tests.Cli;

/// <summary>The next thing to do names the page that has the code.</summary>
public sealed class FailureTests
{
    [Theory]
    [InlineData("InvalidParameterException", "Amazon Cognito")]
    [InlineData("NotAuthorizedException", "Check address and password.")]
    [InlineData("UnexpectedAnswer", "address is right")]
    [InlineData("http-502", "address is right")]
    public void Of_RefusalOfTheUserPool_NeverSendsToTheServicesCodes(string code, string next)
    {
        var failure = Failure.Of(new IdentityProblem(code, "No."));
        Assert.Contains(next, failure.Next, StringComparison.Ordinal);
        Assert.DoesNotContain("problems.md", failure.Line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(409, "docs/problems.md")]
    [InlineData(503, "Run the command again")]
    public void Of_RefusalOfTheService_SaysWhereItsCodeStands(int status, string next) =>
        Assert.Contains(next, Failure.Of(new FairShareProblem("some-code", status, "No.")).Next, StringComparison.Ordinal);
}
