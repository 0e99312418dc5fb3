using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>Defects of the handler of steps 3 and v.</summary>
internal static class DepositMutants
{
    private const string Checksum = "x-amz-checksum-sha256";

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new(
            "deposit-without-the-checksum",
            "SubmitOrigin",
            "does not compare S3's checksum of the version",
            Promise.AcceptedMeansProven,
            DepositSchedules.OtherBytes
        )
        {
            Defect = new("SubmitOrigin")
            {
                Objects = (world, _, response) =>
                {
                    response.Headers.Remove(Checksum);
                    response.Headers.TryAddWithoutValidation(Checksum, world.Note);
                    return Task.CompletedTask;
                },
            },
        },
        new(
            "deposit-with-any-nonce",
            "SubmitOrigin",
            "does not compare the nonce with the announcement's",
            Promise.BoundToParty,
            DepositSchedules.OtherNonce
        )
        {
            Defect = new("SubmitOrigin") { Wire = Wires.Finds("DOCUMENT", (world, item) => item["nonce"] = Wires.Text(world.Note)) },
        },
        new(
            "deposit-of-backdated-evidence",
            "SubmitOrigin",
            "does not ask whether the evidence is younger than the announcement",
            Promise.AcceptedMeansProven,
            DepositSchedules.Backdated
        )
        {
            Defect = new("SubmitOrigin") { Wire = Wires.Finds("DOCUMENT", (_, item) => item["listedAt"] = Wires.Text(LongAgo)) },
        },
        new(
            "deposit-under-a-younger-key",
            "SubmitOrigin",
            "does not ask since when the key is valid",
            Promise.AcceptedMeansProven,
            DepositSchedules.YoungKey
        )
        {
            Defect = new("SubmitOrigin") { Wire = Wires.Finds("KEY#", (_, item) => item["notBefore"] = Wires.Text(LongAgo)) },
        },
        new("deposit-replaced", "SubmitOrigin", "puts the deposit without its condition", Promise.WriteOnce, DepositSchedules.TwoOrigins)
        {
            Defect = new("SubmitOrigin")
            {
                Wire = Wires.Asks(
                    "PutItem",
                    (_, body) =>
                    {
                        if (body["Item"]!["sk"]!["S"]!.GetValue<string>() == "DEPOSIT")
                        {
                            body.Drop("ConditionExpression");
                        }
                    }
                ),
            },
        },
    ];

    private static string LongAgo => "2001-01-01T00:00:00.000Z";
}
