using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;

namespace FairShare.Backup.Tests.Refresh;

/// <summary>What becomes of a refresh that is given up: nobody loses a share by it, whoever has followed a certificate before.</summary>
public sealed class AttemptTests
{
    private static readonly int[] All = [1, 2, 3, 4, 5];
    private readonly RefreshScene scene = new(3, 5, 1, seed: 41);

    [Fact]
    public void Finish_OfWhatWasGivenUp_IsFollowedStill()
    {
        var (transcript, certificate) = Certified(attempt: 0);
        GiveUp();

        Assert.All([1, 2, 3, 4], index => scene.Finish(index, transcript, certificate));
        Assert.Equal((2u, 0u), (scene.Kept[0].Epoch, scene.Kept[0].Attempt));
        Assert.Equal(scene.Secret, scene.Restore(1, 2, 3, 4));
    }

    [Fact]
    public void Finish_OfWhatWasGivenUpForAnotherTranscript_IsRefusedAndTheOtherStays()
    {
        var (first, certificate) = Certified(attempt: 0);
        GiveUp();
        var (second, other) = Certified(attempt: 1);

        Refuses("refresh-given-up", () => scene.Finish(1, first, certificate));
        Assert.All([1, 2, 3], index => scene.Finish(index, second, other, 1));
        Assert.Equal(scene.Secret, scene.Restore(1, 2, 3));
    }

    [Fact]
    public void GiveUp_WhileOthersHaveFollowedTheCertificate_KeepsThreeSharesOfIt()
    {
        var (transcript, certificate) = Certified(attempt: 0);
        scene.Finish(1, transcript, certificate);
        scene.Finish(2, transcript, certificate);
        scene.GiveUp(3);
        scene.GiveUp(4);
        var next = scene.Transcript([.. new[] { 3, 4, 5 }.Select(scene.Deal)]);
        scene.Prepare(3, next, 1);

        // The old shares of 3, 4 and 5, of whom the last lies, are too few; so are the two that are in use in the next epoch.
        Assert.NotNull(scene.Kept[2].Prepared);
        IEnumerable<SecretShare> held = [scene.Kept[0].Current!, scene.Kept[1].Current!, scene.Kept[2].GivenUp[0].Share];
        Assert.Equal(scene.Secret, SecretRestoration.Restore(scene.Kept[0].Commitments, held).Secret);
    }

    [Fact]
    public void Prepare_InAnotherAttempt_IsRefused()
    {
        var transcript = scene.Transcript([.. All.Select(scene.Deal)]);

        Refuses("refresh-other-attempt", () => scene.Prepare(1, transcript, 1));
        scene.GiveUp(1);
        Refuses("refresh-other-attempt", () => scene.Prepare(1, scene.Transcript([.. All.Select(scene.Deal)])));
        Assert.Null(scene.Kept[0].Prepared);
    }

    [Fact]
    public void Finish_OfACertificateOfAnotherAttempt_IsNone()
    {
        var (transcript, certificate) = Certified(attempt: 0);

        Refuses("refresh-not-certified", () => scene.Finish(5, transcript, certificate, 1));
    }

    [Fact]
    public void GiveUp_ARepeat_ChangesNothing()
    {
        Certified(attempt: 0);
        scene.GiveUp(1);
        var kept = scene.Kept[0];
        scene.GiveUp(1);

        Assert.Equal(kept, scene.Kept[0]);
        Assert.Equal((1u, 1, null, null), (kept.Attempt, kept.GivenUp.Count, kept.Prepared, kept.Key));
    }

    [Fact]
    public void GiveUp_OfMorePreparedSharesThanFit_IsRefusedAndOfNoneIsNot()
    {
        var transcript = scene.Transcript([.. All.Select(scene.Deal)]);
        PreparedShare[] sixteen =
        [
            .. Enumerable.Repeat(new PreparedShare(default, scene.Kept[0].Commitments, scene.Kept[0].Current!, 0), 16),
        ];
        scene.Kept[0] = scene.Kept[0] with { GivenUp = sixteen };
        scene.Prepare(1, transcript);

        Refuses("refresh-too-many-attempts", () => scene.GiveUp(1));
        scene.Kept[0] = scene.Kept[0] with { Prepared = null };
        scene.GiveUp(1);
        Assert.Equal((1u, 16), (scene.Kept[0].Attempt, scene.Kept[0].GivenUp.Count));
    }

    // Else whoever names an attempt that is none ends all refreshes of the epoch.
    [Fact]
    public void GiveUp_OfAnAttemptThatIsFarAhead_GoesAPartOfTheWay()
    {
        scene.GiveUp(1, uint.MaxValue - 1);
        Assert.Equal((uint)RefreshPeer.MostSkipped, scene.Kept[0].Attempt);
        scene.GiveUp(1, 1030);
        Assert.Equal(1031u, scene.Kept[0].Attempt);
    }

    /// <summary>Four peers follow what anybody tells them in any order; the fifth prepares everything.</summary>
    [Fact]
    public void Walks_OfThreeTranscriptsInTwoAttempts_AlwaysLeaveThreeSharesOfAKind()
    {
        var walk = new AttemptWalk(scene, (peer, kept) => peer.GiveUp(kept));

        Assert.True(walk.Run(seeds: 120, steps: 40) > 40, "Too few epochs have ended for this to say anything.");
    }

    /// <summary>What gave up a prepared share erased it, and followed the next transcript in the same attempt.</summary>
    [Fact]
    public void Walks_OfPeersThatEraseWhatTheyGiveUp_LoseTheSecret()
    {
        var walk = new AttemptWalk(scene, (peer, kept) => peer.GiveUp(kept) with { GivenUp = [] });

        Assert.Throws<RefreshViolation>(() => walk.Run(seeds: 120, steps: 40));
    }

    private (RefreshTranscript Transcript, RefreshCertificate Certificate) Certified(uint attempt)
    {
        var transcript = scene.Transcript([.. All.Select(scene.Deal)]);
        return (transcript, new RefreshCertificate([.. new[] { 1, 2, 3, 4 }.Select(index => scene.Prepare(index, transcript, attempt))]));
    }

    private void GiveUp() => Assert.All(All, index => scene.GiveUp(index));

    private static void Refuses(string code, Action step) => Assert.Equal(code, Assert.Throws<RefreshRefusal>(step).Code);
}
