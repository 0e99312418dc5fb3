using System.Text.Json.Nodes;
using TemplateHost.Identity.Policies;
using TemplateHost.Kernel;
using Xunit;

namespace TemplateHost.Tests.Identity;

/// <summary>
/// Whom a resource policy's statement means: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html.
/// </summary>
public sealed class PrincipalTests
{
    private const string Root = "arn:aws:iam::000000000000:root";
    private const string RoleArn = "arn:aws:iam::000000000000:role/r";

    private static readonly Caller Session = new(CallerKind.Role, "arn:aws:sts::000000000000:assumed-role/r/me", "r", "AROA:me");
    private static readonly Caller Events = new(CallerKind.Service, "events.amazonaws.com", null, "events.amazonaws.com");

    [Theory]
    [InlineData("""{"Principal":"*"}""", true, true)]
    [InlineData("""{"Principal":{"AWS":"*"}}""", true, true)]
    [InlineData("""{"Principal":{"AWS":"arn:aws:iam::000000000000:role/r"}}""", true, true)]
    [InlineData("""{"Principal":{"AWS":"arn:aws:sts::000000000000:assumed-role/r/me"}}""", true, true)]
    [InlineData("""{"Principal":{"AWS":"arn:aws:iam::000000000000:role/other"}}""", false, false)]
    [InlineData("""{"Principal":{"AWS":"arn:aws:iam::000000000000:root"}}""", false, true)]
    [InlineData("""{"Principal":{"AWS":"000000000000"}}""", false, true)]
    [InlineData("""{"Principal":{"Service":"events.amazonaws.com"}}""", false, false)]
    [InlineData("""{"NotPrincipal":{"AWS":"arn:aws:iam::000000000000:role/r"}}""", false, false)]
    [InlineData("""{"NotPrincipal":{"AWS":"arn:aws:iam::000000000000:role/other"}}""", true, true)]
    public void Statement_OfEachPrincipal_AllowsOrDeniesTheSession(string principal, bool allows, bool denies)
    {
        var statement = Statement(principal);

        Assert.Equal((allows, denies), (statement.Names(Session, RoleArn), statement.DeniesTo(Session, RoleArn, Root)));
    }

    [Theory]
    [InlineData("""{"Principal":{"Service":"events.amazonaws.com"}}""", true)]
    [InlineData("""{"Principal":{"Service":"lambda.amazonaws.com"}}""", false)]
    [InlineData("""{"Principal":{"AWS":"arn:aws:iam::000000000000:root"}}""", false)]
    public void Statement_OfAService_MeansThatOne(string principal, bool means)
    {
        var statement = Statement(principal);

        Assert.Equal((means, means), (statement.Names(Events, null), statement.DeniesTo(Events, null, Root)));
    }

    private static PolicyStatement Statement(string principal)
    {
        var statement = (JsonObject)JsonNode.Parse(principal)!;
        (statement["Effect"], statement["Action"], statement["Resource"]) = ("Deny", "*", "*");
        return new PolicyStatement(statement);
    }
}
