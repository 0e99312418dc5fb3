using Amazon.DynamoDBv2;
using TemplateHost.DynamoDb.Model;
using Xunit;

namespace TemplateHost.Tests.DynamoDb;

public sealed class NumberTests
{
    [Theory]
    [InlineData("0012.500", "12.5")]
    [InlineData("-0", "0")]
    [InlineData("1e3", "1000")]
    [InlineData("123456789012345678901234567890.12345678", "123456789012345678901234567890.12345678")]
    [InlineData("1E-5", "0.00001")]
    [InlineData(".5", "0.5")]
    public async Task Number_Stored_ComesBackInLowestTerms(string given, string kept)
    {
        await using var table = await TestTable.StartAsync();

        await table.PutAsync("a", 1, ("n", new Amazon.DynamoDBv2.Model.AttributeValue { N = given }));

        Assert.Equal(kept, (await table.GetAsync("a"))!["n"].N);
    }

    [Theory]
    [InlineData("123456789012345678901234567890123456789", "Attempting to store more than 38 significant digits in a Number")]
    [InlineData("1e126", "Number overflow. Attempting to store a number with magnitude larger than supported range")]
    [InlineData("1e-131", "Number underflow. Attempting to store a number with magnitude smaller than supported range")]
    [InlineData("ten", "The parameter cannot be converted to a numeric value: ten")]
    public async Task Number_OutOfRange_IsRefused(string given, string message)
    {
        await using var table = await TestTable.StartAsync();

        var refusal = await Assert.ThrowsAnyAsync<AmazonDynamoDBException>(() =>
            table.PutAsync("a", 1, ("n", new Amazon.DynamoDBv2.Model.AttributeValue { N = given }))
        );

        Assert.Equal(message, refusal.Message);
    }

    [Fact]
    public void KeyEncoding_OfNumbers_KeepsTheirOrder()
    {
        string[] ordered =
        [
            "-1e125",
            "-1000",
            "-999.5",
            "-10",
            "-1.5",
            "-1",
            "-0.001",
            "-1e-130",
            "0",
            "1e-130",
            "0.5",
            "1",
            "1.01",
            "9",
            "10",
            "100.5",
            "1e125",
        ];

        var encoded = ordered.Select(text => KeyEncoding.Encode(new NumberValue(DynamoNumber.Parse(text)))).ToList();

        Assert.All(encoded.Zip(encoded.Skip(1)), pair => Assert.True(pair.First.AsSpan().SequenceCompareTo(pair.Second) < 0));
    }

    [Fact]
    public void CompareTo_OfAllPairs_AgreesWithTheirOrder()
    {
        var ordered = new[] { "-1e100", "-12", "-11.5", "-0.1", "0", "1e-100", "0.1", "11.5", "12", "1e100" }
            .Select(DynamoNumber.Parse)
            .ToList();

        for (var left = 0; left < ordered.Count; left++)
        {
            for (var right = 0; right < ordered.Count; right++)
            {
                Assert.Equal(left.CompareTo(right), ordered[left].CompareTo(ordered[right]));
            }
        }
    }
}
