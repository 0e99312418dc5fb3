using FairShare.Exchange.States;
using FsCheck;
using FsCheck.Fluent;

namespace FairShare.Exchange.Tests.States;

public class TransitionTests
{
    [Fact]
    public void Next_EveryPairOfAnExchange_HasAnAnswerAndEndsOnce()
    {
        foreach (var (state, input) in Pairs<ExchangeState, ExchangeInput>())
        {
            var expected =
                state == ExchangeState.AwaitingReceipt ? typeof(ExchangeTransition.Moves) : typeof(ExchangeTransition.AlreadyEnded);
            Assert.IsType(expected, ExchangeTransitions.Next(state, input));
        }
    }

    [Theory]
    [InlineData(ExchangeInput.ReceiptAccepted, ExchangeState.Completed)]
    [InlineData(ExchangeInput.DeclineAccepted, ExchangeState.Declined)]
    [InlineData(ExchangeInput.UploaderAborted, ExchangeState.Aborted)]
    [InlineData(ExchangeInput.DeadlinePassed, ExchangeState.Expired)]
    public void Next_FromAwaiting_EndsByTheInput(ExchangeInput input, ExchangeState state) =>
        Assert.Equal(new ExchangeTransition.Moves(state), ExchangeTransitions.Next(ExchangeState.AwaitingReceipt, input));

    [Fact]
    public void Next_AnySequenceOfInputs_EndsAsTheFirstOneSays() =>
        Prop.ForAll<ExchangeInput[]>(inputs =>
            {
                var state = inputs.Aggregate(ExchangeState.AwaitingReceipt, Apply);
                return state == inputs.Take(1).Aggregate(ExchangeState.AwaitingReceipt, Apply);
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Next_ValueOutsideTheEnumeration_FailsLoudly()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => ExchangeTransitions.Next((ExchangeState)9, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExchangeTransitions.Next(ExchangeState.Expired, (ExchangeInput)9));
        Assert.Throws<ArgumentOutOfRangeException>(() => DocumentTransitions.Next((DocumentState)9, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => DocumentTransitions.Next(0, (DocumentInput)9));
    }

    [Fact]
    public void Next_EveryPairOfADocument_HasAnAnswer()
    {
        foreach (var (state, input) in Pairs<DocumentState, DocumentInput>())
        {
            Assert.NotNull(DocumentTransitions.Next(state, input));
        }
    }

    [Theory]
    [InlineData(DocumentState.Pending, DocumentInput.AbortedUnacquired, DocumentState.Dropped, AbortOutcome.UploadDropped)]
    [InlineData(DocumentState.Deposited, DocumentInput.AbortedUnacquired, DocumentState.Deleted, AbortOutcome.DocumentDeleted)]
    [InlineData(DocumentState.Deposited, DocumentInput.AbortedAcquired, DocumentState.Withdrawn, AbortOutcome.DocumentWithdrawn)]
    public void Next_Abort_HasTheThreeOutcomesOfTheSeed(DocumentState state, DocumentInput input, DocumentState next, AbortOutcome outcome)
    {
        Assert.Equal(new DocumentTransition.Moves(next, outcome), DocumentTransitions.Next(state, input));
        Assert.Equal(new DocumentTransition.Repeats(next), DocumentTransitions.Next(next, input));
    }

    [Theory]
    [InlineData(DocumentState.Dropped)]
    [InlineData(DocumentState.Deleted)]
    [InlineData(DocumentState.Withdrawn)]
    public void Next_OriginAfterTheEnd_IsRefused(DocumentState state) =>
        Assert.Equal(new DocumentTransition.Refused(state), DocumentTransitions.Next(state, DocumentInput.OriginAccepted));

    private static ExchangeState Apply(ExchangeState state, ExchangeInput input) =>
        ExchangeTransitions.Next(state, input) is ExchangeTransition.Moves moves ? moves.State : state;

    private static IEnumerable<(TLeft Left, TRight Right)> Pairs<TLeft, TRight>()
        where TLeft : struct, Enum
        where TRight : struct, Enum => from left in Enum.GetValues<TLeft>() from right in Enum.GetValues<TRight>() select (left, right);
}
