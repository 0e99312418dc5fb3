namespace TemplateHost.Tests.Contract.DynamoDb;

/// <summary>Where moto's DynamoDB answers otherwise.</summary>
internal static class DynamoDbDifferences
{
    private const string DynamoDbApi = "https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/";
    private const string DynamoDbGuide = "https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/";

    public static IReadOnlyList<Difference> OfMoto { get; } =
    [
        new(
            nameof(ConditionContract),
            [nameof(ConditionContract.Comparators_EachOfThem_Decide)],
            "DynamoDB, order of a string and a number",
            "none: the condition does not hold",
            "compared as texts",
            "Comparison operators",
            DynamoDbGuide + "Expressions.OperatorsAndFunctions.html"
        ),
        new(
            nameof(ConditionContract),
            [nameof(ConditionContract.Size_OfEachType_IsThatOfTheDocumentation)],
            "DynamoDB, `size` of an attribute that is not there",
            "the condition does not hold",
            "0",
            "Functions",
            DynamoDbGuide + "Expressions.OperatorsAndFunctions.html"
        ),
        new(
            nameof(ConditionContract),
            [nameof(ConditionContract.Operands_OfWrongTypes_AreRefused), nameof(ConditionContract.Mistakes_EachOfThem_AreNamed)],
            "DynamoDB, wrong operands in a condition",
            "`ValidationException` that names the operator",
            "evaluated, or an internal error",
            "Condition expressions",
            DynamoDbGuide + "Expressions.OperatorsAndFunctions.html"
        ),
        new(
            nameof(ConditionContract),
            [nameof(ConditionContract.Placeholders_UnusedOrWrong_AreRefused)],
            "DynamoDB, placeholders without an expression, or wrongly written",
            "refused",
            "partly accepted",
            "Expression attribute names",
            DynamoDbGuide + "Expressions.ExpressionAttributeNames.html"
        ),
        new(
            nameof(UpdateContract),
            [nameof(UpdateContract.Mistakes_EachOfThem_AreNamedAndChangeNothing)],
            "DynamoDB, an update with overlapping paths",
            "refused",
            "carried out",
            "Update expressions",
            DynamoDbGuide + "Expressions.UpdateExpressions.html"
        ),
        new(
            nameof(ItemContract),
            [nameof(ItemContract.Numbers_AreKeptExactlyAndCompared), nameof(ItemContract.Numbers_OutOfRange_AreRefused)],
            "DynamoDB, numbers",
            "in lowest terms; 38 digits and the exponent's range are limits",
            "texts without limits",
            "Data types",
            DynamoDbGuide + "HowItWorks.NamingRulesDataTypes.html"
        ),
        new(
            nameof(ItemContract),
            [nameof(ItemContract.Sets_EmptyOrWithDuplicates_AreRefused)],
            "DynamoDB, a set with an element twice",
            "refused",
            "kept",
            "Sets",
            DynamoDbGuide + "HowItWorks.NamingRulesDataTypes.html"
        ),
        new(
            nameof(ItemContract),
            [nameof(ItemContract.Keys_ThatDoNotFit_AreRefused)],
            "DynamoDB, an empty key",
            "refused in today's words",
            "refused in those from before empty strings were allowed",
            "Data types",
            DynamoDbGuide + "HowItWorks.NamingRulesDataTypes.html"
        ),
        new(
            nameof(ItemContract),
            [nameof(ItemContract.Item_OfMoreThan400KB_IsRefused)],
            "DynamoDB, size of an item",
            "400 KB, counted as documented",
            "a little less",
            "Item sizes and formats",
            DynamoDbGuide + "CapacityUnitCalculations.html"
        ),
        new(
            nameof(ItemContract),
            [nameof(ItemContract.Capacity_OfReadsAndWrites_IsCounted)],
            "DynamoDB, `ConsumedCapacity`",
            "by size",
            "always 1",
            "Read and write operations",
            DynamoDbGuide + "read-write-operations.html"
        ),
        new(
            nameof(TransactionContract),
            [nameof(TransactionContract.Capacity_OfItemsInIndexes_IsDoubleForTheItemAlone)],
            "DynamoDB, `ConsumedCapacity` of a transaction",
            "twice for an item, once for its index entries",
            "none",
            "Transactions, Capacity",
            DynamoDbGuide + "transaction-apis.html"
        ),
        new(
            nameof(ItemContract),
            [nameof(ItemContract.Batches_OfWritesAndReads_KeepTheirLimits)],
            "DynamoDB, a batch of more than 25 writes",
            "refused",
            "carried out",
            "BatchWriteItem",
            DynamoDbApi + "API_BatchWriteItem.html"
        ),
        new(
            nameof(ItemContract),
            [nameof(ItemContract.Projection_OfPaths_ShowsThoseParts)],
            "DynamoDB, list elements in a projection",
            "only those named",
            "the whole list, or in its place an object",
            "Projection expressions",
            DynamoDbGuide + "Expressions.ProjectionExpressions.html"
        ),
        new(
            nameof(QueryContract),
            [nameof(QueryContract.Pages_ByLimit_GoOnAtTheLastKey)],
            "DynamoDB, a page that its limit ends at the last item",
            "has a `LastEvaluatedKey`",
            "has none",
            "Paginating",
            DynamoDbGuide + "Query.Pagination.html"
        ),
        new(
            nameof(QueryContract),
            [
                nameof(QueryContract.Filter_AppliesAfterTheLimit),
                nameof(QueryContract.SelectCount_ShowsNoItems),
                nameof(QueryContract.KeyConditions_ThatAreNone_AreRefused),
                nameof(QueryContract.Indexes_AskedForTooMuch_Refuse),
            ],
            "DynamoDB, queries that cannot be",
            "refused: a filter over a key, COUNT with a projection, OR among key conditions, ALL_ATTRIBUTES of an index without them",
            "answered",
            "Query",
            DynamoDbApi + "API_Query.html"
        ),
        new(
            nameof(TransactionContract),
            [nameof(TransactionContract.Token_Repeated_WritesOnce), nameof(TransactionContract.Token_OfAnotherRequest_IsRefused)],
            "DynamoDB, `ClientRequestToken`",
            "a repeat writes nothing; another request gets `IdempotentParameterMismatchException`",
            "has no effect",
            "TransactWriteItems",
            DynamoDbApi + "API_TransactWriteItems.html"
        ),
        new(
            nameof(TransactionContract),
            [nameof(TransactionContract.Updates_ThatDoNotFit_CancelWithAValidationError)],
            "DynamoDB, a transacted update of the wrong type",
            "`TransactionCanceledException` with `ValidationError`",
            "`ValidationException`",
            "TransactWriteItems",
            DynamoDbApi + "API_TransactWriteItems.html"
        ),
        new(
            nameof(TransactionContract),
            [nameof(TransactionContract.Writes_OfMoreThanFourMegabytes_AreRefused)],
            "DynamoDB, a transaction of more than 4 MB",
            "refused",
            "carried out",
            "TransactWriteItems",
            DynamoDbApi + "API_TransactWriteItems.html"
        ),
        new(
            nameof(TransactionContract),
            [nameof(TransactionContract.Reads_Together_AnswerInOrder)],
            "DynamoDB, `ProjectionExpression` in TransactGetItems",
            "applied",
            "ignored",
            "Get",
            DynamoDbApi + "API_Get.html"
        ),
        new(
            nameof(TableContract),
            [nameof(TableContract.Table_WhileCreated_IsNotUsable)],
            "DynamoDB, `TableStatus` after CreateTable",
            "CREATING, then ACTIVE",
            "ACTIVE",
            "CreateTable",
            DynamoDbApi + "API_CreateTable.html"
        ),
        new(
            nameof(TableContract),
            [nameof(TableContract.Declarations_ThatDoNotAgree_AreRefused)],
            "DynamoDB, a table name of two letters",
            "refused",
            "accepted",
            "Naming rules",
            DynamoDbGuide + "HowItWorks.NamingRulesDataTypes.html"
        ),
        new(
            nameof(TableContract),
            [nameof(TableContract.TimeToLive_TurnedOn_IsDescribed)],
            "DynamoDB, time to live turned on twice",
            "refused",
            "accepted",
            "UpdateTimeToLive",
            DynamoDbApi + "API_UpdateTimeToLive.html"
        ),
        new(
            nameof(TableContract),
            [nameof(TableContract.Settings_OfATable_AreShown)],
            "DynamoDB, `TableClass` of a table",
            "shown",
            "forgotten",
            "CreateTable",
            DynamoDbApi + "API_CreateTable.html"
        ),
    ];
}
