using System.Text.Json.Nodes;
using TemplateHost.Identity.Policies;
using Xunit;

namespace TemplateHost.Tests.Identity;

public sealed class PolicyTests
{
    [Theory]
    [InlineData("""{"Action":"s3:Get*","Resource":"*"}""", true)]
    [InlineData("""{"Action":"S3:getobject","Resource":"*"}""", true)]
    [InlineData("""{"NotAction":"s3:Put*","Resource":"*"}""", true)]
    [InlineData("""{"NotAction":["s3:Get*"],"Resource":"*"}""", false)]
    [InlineData("""{"Action":"*","Resource":"arn:aws:s3:::bucket/*"}""", true)]
    [InlineData("""{"Action":"*","Resource":"arn:aws:s3:::BUCKET/*"}""", false)]
    [InlineData("""{"Action":"*","NotResource":"arn:aws:s3:::other/*"}""", true)]
    [InlineData("""{"Action":"*","Resource":"arn:aws:s3:::bucket/${aws:userid}/*"}""", true)]
    [InlineData("""{"Action":"*","Resource":"arn:aws:s3:::bucket/${aws:nothing}/*"}""", false)]
    [InlineData("""{"Action":"*","Resource":"arn:aws:s3:::bucket/me/a?c"}""", true)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"StringEquals":{"key":["x","one"]}}}""", true)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"StringNotEquals":{"key":["x","one"]}}}""", false)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"StringNotEquals":{"absent":"x"}}}""", true)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"StringEquals":{"absent":"x"}}}""", false)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"StringEqualsIfExists":{"absent":"x"}}}""", true)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"StringLike":{"KEY":"o*"}}}""", true)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"Null":{"absent":"true"}}}""", true)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"Null":{"key":true}}}""", false)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"NumericLessThan":{"number":10}}}""", true)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"NumericLessThan":{"absent":10}}}""", false)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"DateGreaterThan":{"date":"2026-01-01T00:00:00Z"}}}""", true)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"IpAddress":{"ip":"10.0.0.0/8"}}}""", true)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"ArnLike":{"arn":"arn:aws:events:*:*:rule/*"}}}""", true)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"ArnLike":{"arn":"arn:aws:*:rule/*"}}}""", false)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"ForAllValues:StringEquals":{"many":["a","b","c"]}}}""", true)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"ForAllValues:StringEquals":{"many":["a"]}}}""", false)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"ForAnyValue:StringEquals":{"many":["b"]}}}""", true)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"ForAnyValue:StringEquals":{"absent":["b"]}}}""", false)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"Bool":{"flag":true}}}""", true)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"NumericEquals":{"key":"two"}}}""", false)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"DateEquals":{"key":"never"}}}""", false)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"NumericGreaterThanEquals":{"number":"9.5"}}}""", true)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"NumericNotEquals":{"number":9.5}}}""", false)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"DateLessThanEquals":{"date":"2026-06-01T00:00:00Z"}}}""", true)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"DateLessThan":{"date":"1780272000"}}}""", false)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"NotIpAddress":{"ip":["192.168.0.0/16","10.1.2.3"]}}}""", false)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"ArnNotLike":{"arn":"arn:aws:sns:*:*:*"}}}""", true)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"ArnLikeIfExists":{"absent":"arn:aws:sns:*:*:*"}}}""", true)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"BoolIfExists":{"absent":"false"}}}""", true)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"Bool":{"absent":"false"}}}""", false)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"ForAllValues:StringLike":{"absent":["b"]}}}""", true)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"ForAllValues:StringNotEquals":{"many":["c"]}}}""", true)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"ForAnyValue:StringNotEquals":{"many":["a"]}}}""", true)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"StringLike":{"star":"a${*}b"}}}""", true)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"StringLike":{"key":"${*}"}}}""", false)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"StringEquals":{"star":"a*b"}}}""", true)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"StringEquals":{"key":"o*"}}}""", false)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"StringEquals":{"key":"${aws:PrincipalTag/team, 'one'}"}}}""", true)]
    [InlineData("""{"Action":"*","Resource":"*","Condition":{"StringEquals":{"key":"one"},"Null":{"absent":false}}}""", false)]
    [InlineData("""{"Action":["s3:PutObject","s3:?etObject"],"Resource":"*"}""", true)]
    public void Statement_OfEachForm_AppliesOrNot(string statement, bool applies)
    {
        var json = (JsonObject)JsonNode.Parse(statement)!;
        json["Effect"] = "Allow";
        var context = new AuthorizationContext(
            "s3:GetObject",
            "arn:aws:s3:::bucket/me/abc",
            new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
            {
                ["key"] = "one",
                ["number"] = "9.5",
                ["date"] = "2026-06-01T00:00:00Z",
                ["ip"] = "10.1.2.3",
                ["many"] = "a\nb",
                ["flag"] = "true",
                ["star"] = "a*b",
                ["arn"] = "arn:aws:events:us-east-1:000000000000:rule/bus/name",
                ["aws:userid"] = "me",
            }
        );

        Assert.Equal(applies, new PolicyStatement(json).Applies(context));
    }

    [Theory]
    [InlineData("""{"Effect":"Maybe","Action":"*","Resource":"*"}""")]
    [InlineData("""{"Effect":"Allow","Actions":"*","Resource":"*"}""")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringAlmost":{"a":"b"}}}""")]
    [InlineData("""{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"a":"b"}}}""")]
    [InlineData("""{"Effect":"Allow","Action":"*","NotAction":"*","Resource":"*"}""")]
    [InlineData("""{"Effect":"Allow","Action":"everything","Resource":"*"}""")]
    [InlineData("""{"Effect":"Allow","Action":"*","Principal":"me"}""")]
    [InlineData("""{"Effect":"Allow","Action":"*","Principal":{"Person":"me"}}""")]
    public void Statement_OutsideOfTheGrammar_IsRefused(string statement) =>
        Assert.Throws<FormatException>(() => new PolicyStatement((JsonObject)JsonNode.Parse(statement)!));

    [Theory]
    [InlineData("*", "", true)]
    [InlineData("a*c", "abbc", true)]
    [InlineData("a*b*c", "a1b2b3c", true)]
    [InlineData("a?c", "ac", false)]
    [InlineData("a*", "b", false)]
    [InlineData("*a", "ba", true)]
    [InlineData("**", "x", true)]
    public void Glob_Matches(string pattern, string text, bool matches) => Assert.Equal(matches, Glob.Matches(Glob.Prepare(pattern), text));
}
