using TemplateHost.Kernel;
using TemplateHost.StepFunctions.Model;
using Xunit;

namespace TemplateHost.Tests.StepFunctions;

public sealed class DefinitionTests
{
    [Theory]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Nap","End":true}}}""", "Nap")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"Q"}}}""", "Missing 'Next' target: Q at /States/A/Next")]
    [InlineData("""{"StartAt":"X","States":{"A":{"Type":"Pass","End":true}}}""", "Missing 'StartAt' target: X")]
    [InlineData(
        """{"StartAt":"A","States":{"A":{"Type":"Pass","End":true},"B":{"Type":"Succeed"}}}""",
        "State \"B\" is not reachable. at /States/B"
    )]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Pass"}}}""", "A state needs either 'Next' or 'End'")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Pass","End":true,"Foo":1}}}""", "Field 'Foo' is not supported. at /States/A/Foo")]
    [InlineData("""{"StartAt":"A","Author":"me","States":{"A":{"Type":"Succeed"}}}""", "Field 'Author'")]
    [InlineData("""{"StartAt":"A","QueryLanguage":"JSONata","States":{"A":{"Type":"Succeed"}}}""", "JSONata")]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Pass","InputPath":"x","End":true}}}""", "/States/A/InputPath")]
    [InlineData(
        """{"StartAt":"A","States":{"A":{"Type":"Pass","Parameters":{"v.$":"States.Nope()"},"End":true}}}""",
        "/States/A/Parameters/v.$"
    )]
    [InlineData("""{"StartAt":"A","States":{"A":{"Type":"Wait","End":true}}}""", "Seconds, SecondsPath, Timestamp, TimestampPath")]
    [InlineData(
        """{"StartAt":"A","States":{"A":{"Type":"Choice","Choices":[{"Variable":"$.x","IsBig":1,"Next":"B"}]},"B":{"Type":"Succeed"}}}""",
        "IsBig"
    )]
    [InlineData(
        """{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::glue:startJobRun.sync","End":true}}}""",
        "glue"
    )]
    [InlineData(
        """
            {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
              "Retry":[{"ErrorEquals":["States.ALL"]},{"ErrorEquals":["E"]}],"End":true}}}
            """,
        "/States/A/Retry/0/ErrorEquals"
    )]
    [InlineData(
        """
            {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::lambda:invoke",
              "Catch":[{"ErrorEquals":["E"]}],"End":true}}}
            """,
        "/States/A/Catch/0"
    )]
    [InlineData(
        """
            {"StartAt":"A","States":{"A":{"Type":"Task","Resource":"arn:aws:states:::aws-sdk:dynamodb:putItem",
              "Parameters":{"Item":{"f":{"BOOL":true}}},"End":true}}}
            """,
        "The field \"BOOL\" is not supported"
    )]
    [InlineData(
        """
            {"StartAt":"P","States":{"P":{"Type":"Parallel","End":true,"Branches":[{"StartAt":"A",
              "States":{"A":{"Type":"Pass","Next":"P"}}}]}}}
            """,
        "Missing 'Next' target: P at /States/P/Branches/0/States/A/Next"
    )]
    [InlineData("{", "INVALID_JSON_DESCRIPTION")]
    public void Definition_WithFault_IsRefusedByName(string definition, string named)
    {
        var refused = Assert.Throws<AwsException>(() => StateMachineDefinition.Parse(definition));
        Assert.Equal("InvalidDefinition", refused.Code);
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
    }
}
