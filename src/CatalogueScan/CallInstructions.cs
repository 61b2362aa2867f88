using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Quintet.CatalogueScan;

/// <summary>Finds the methods that a body calls or constructs, skipping everything else by the size of its operand.</summary>
internal static class CallInstructions
{
    private const byte TwoByteMark = 0xFE;

    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(static field => field.GetValue(null))
        .OfType<OpCode>()
        .ToDictionary(static code => code.Value & 0xFFFF);

    public static IEnumerable<EntityHandle> In(BlobReader il)
    {
        var found = new List<EntityHandle>();
        while (il.RemainingBytes > 0)
        {
            int value = il.ReadByte();
            if (value == TwoByteMark) value = (TwoByteMark << 8) | il.ReadByte();
            if (!OpCodesByValue.TryGetValue(value, out var code)) return found;
            if (code.OperandType == OperandType.InlineMethod)
            {
                // ldftn only takes an address: whoever calls it later is another path.
                var handle = MetadataTokens.EntityHandle(il.ReadInt32());
                if (code.FlowControl == FlowControl.Call) found.Add(handle);
                continue;
            }

            il.Offset += OperandSize(code.OperandType, il);
        }

        return found;
    }

    private static int OperandSize(OperandType type, BlobReader il) => type switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * il.ReadInt32(),
        _ => 4,
    };
}
